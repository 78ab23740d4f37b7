import { type ColumnTable, from } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import {
  completeCube,
  daySums,
  hourCube,
  type Presence,
  presenceColumns,
} from "../presence/mod.ts";
import { studentTQuantile } from "../statistics/mod.ts";

/** Fewer years than this are shown one by one, without an interval. */
const LEAST_YEARS = 5;
/** Squares up to this are rounding. */
const SAME = 1e-18;
/** A week of a year counts where at least this part of what was to be recorded was heard. */
const COVERAGE = 0.1;

/**
 * The season curve over several years: days of the year in weeks of seven (the last has one or
 * two), the mean of the years and its 95 % interval from how years differ.
 *
 * @param presence A presence table of cells up to an hour.
 * @returns A row a week of the year: `week` (1 to 53), `years` (heard), `mean`, `low`, `high`, `trust`
 * (`approximate`, or `descriptive` and no interval: below five years, or where years do not differ),
 * `least`, `most`.
 */
export function weeksOverYears(presence: Presence): ColumnTable {
  const cube = hourCube(presenceColumns(presence));
  const whole = completeCube(cube);
  const [heard, scheduled, part, time] = [cube.effort, cube.scheduled, whole.part, whole.effort]
    .map((values) => daySums(values, 24));
  const weeks = new Map<number, Map<number, [number, number, number, number]>>();
  for (let day = 0; day < cube.days; day++) {
    const ms = cube.firstDayMs + day * DAY_MS;
    const year = new Date(ms).getUTCFullYear();
    const week = Math.floor((ms - Date.UTC(year, 0)) / DAY_MS / 7) + 1;
    const years = weeks.get(week) ?? new Map<number, [number, number, number, number]>();
    const sums = years.get(year) ?? [0, 0, 0, 0];
    for (const [i, value] of [heard, scheduled, part, time].entries()) sums[i] += value[day];
    weeks.set(week, years.set(year, sums));
  }
  return from(
    [...weeks].sort(([a], [b]) => a - b).map(([week, years]) => {
      const values = [...years.values()]
        .filter(([heard, scheduled]) => heard > 0 && heard >= COVERAGE * scheduled)
        .map(([, , part, time]) => part / time);
      return { week, ...overYears(values) };
    }),
  );
}

function overYears(values: readonly number[]): Record<string, number | string> {
  const years = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / years;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // Years that are all alike, as in a week that is silent in each, tell nothing of how they might differ.
  const descriptive = years < LEAST_YEARS || !(squares > SAME);
  const half = descriptive
    ? NaN
    : studentTQuantile(0.975, years - 1) * Math.sqrt(squares / (years - 1) / years);
  const [low, high] = [Math.max(0, mean - half), Math.min(1, mean + half)];
  const [least, most] = years > 0 ? [Math.min(...values), Math.max(...values)] : [NaN, NaN];
  return {
    years,
    mean,
    low,
    high,
    trust: descriptive ? "descriptive" : "approximate",
    least,
    most,
  };
}
