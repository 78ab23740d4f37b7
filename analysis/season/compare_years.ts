import { type ColumnTable, from } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import {
  completeCube,
  type DayCube,
  daySums,
  hourCube,
  monthRanges,
  type Presence,
  presenceColumns,
  someDays,
} from "../presence/mod.ts";
import {
  noSounder,
  type Ratio,
  ratioOfDays,
  studentTQuantile,
  studentTTwoSided,
} from "../statistics/mod.ts";
import { recordOf } from "./by_span.ts";
import { seasonRanges } from "./season_bounds.ts";

/** A month counts where at least this part of what was to be recorded was heard, in both seasons. */
const COVERAGE = 0.1;

/**
 * Compares each season with the one before, over the calendar months that were heard in both.
 *
 * The two are taken for independent; the interval of the quotient is taken on its logarithm (delta
 * method), degrees of freedom after Welch. There is a test only where the interval is sound: where
 * days resemble their neighbours, two seasons differ by slow chance in a way that no days of theirs
 * can tell. Seasons of different schedules (`first_scheduled`, `second_scheduled`: the part of the
 * time that was to be recorded) are compared as they are, not thinned to one.
 *
 * @param presence A presence table of cells up to an hour.
 * @param options `firstMonth`: month that a season begins with, 1 to 12; 8 by default.
 * @returns A row a pair: `first`, `second`, `months`, `first_scheduled`, `second_scheduled`,
 * `first_proportion`, `second_proportion`, `difference`, `low`, `high`, `p` (NaN unless `trust` is
 * `sound`), `quotient`, `quotient_low`, `quotient_high`, `trust`.
 */
export function compareYears(
  presence: Presence,
  { firstMonth = 8 }: { firstMonth?: number | undefined } = {},
): ColumnTable {
  const cube = hourCube(presenceColumns(presence));
  const record = recordOf(cube);
  const seasons = seasonRanges(cube, firstMonth).map(({ season, from, to }) => {
    const days = someDays(cube, from, to);
    return { season, days, months: heardMonths(days) };
  });
  const rows = seasons.slice(1).map((second, i) => {
    const first = seasons[i];
    const months = [...first.months].filter((month) => second.months.has(month));
    const cubes = [first, second].map(({ days }) => onlyMonths(days, new Set(months)));
    const [a, b] = cubes.map((days) => {
      const whole = completeCube(days);
      return ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24), record);
    });
    return {
      first: first.season,
      second: second.season,
      months: months.length,
      first_scheduled: scheduledPart(cubes[0]),
      second_scheduled: scheduledPart(cubes[1]),
      ...compared(a, b),
    };
  });
  return from(rows);
}

function compared(a: Ratio, b: Ratio): Record<string, number | string> {
  const error = Math.hypot(a.error, b.error);
  const freedom = error ** 4 / (a.error ** 4 / a.freedom + b.error ** 4 / b.freedom);
  const descriptive = !(error > 0);
  const t = descriptive ? NaN : studentTQuantile(0.975, freedom);
  const trust = descriptive ? "descriptive" : noSounder(a.trust, b.trust);
  const difference = b.ratio - a.ratio;
  const spread = Math.exp(t * Math.hypot(a.error / a.ratio, b.error / b.ratio));
  return {
    first_proportion: a.ratio,
    second_proportion: b.ratio,
    difference,
    low: difference - t * error,
    high: difference + t * error,
    p: trust === "sound" ? studentTTwoSided(difference / error, freedom) : NaN,
    quotient: b.ratio / a.ratio,
    quotient_low: b.ratio / a.ratio / spread,
    quotient_high: b.ratio / a.ratio * spread,
    trust,
  };
}

/** Computes the part of all time that was to be recorded. */
function scheduledPart({ scheduled, possible }: DayCube): number {
  const [planned, all] = [scheduled, possible].map((values) =>
    values.reduce((sum, seconds) => sum + seconds, 0)
  );
  return planned / all;
}

function monthOf(cube: DayCube, day: number): number {
  return new Date(cube.firstDayMs + day * DAY_MS).getUTCMonth();
}

/** Calendar months, 0 to 11, that were heard for a part of them. */
function heardMonths(cube: DayCube): Set<number> {
  const [effort, scheduled] = [cube.effort, cube.scheduled].map((values) => daySums(values, 24));
  const total = (of: Float64Array, from: number, to: number): number =>
    of.subarray(from, to).reduce((sum, value) => sum + value, 0);
  return new Set(
    monthRanges(cube)
      .filter(([from, to]) => {
        const heard = total(effort, from, to);
        return heard > 0 && heard >= COVERAGE * total(scheduled, from, to);
      })
      .map(([from]) => monthOf(cube, from)),
  );
}

/** Makes a cube in which other months were neither heard nor possible. */
function onlyMonths(cube: DayCube, months: ReadonlySet<number>): DayCube {
  const kept = Array.from({ length: cube.days }, (_, day) => months.has(monthOf(cube, day)));
  const keep = (of: Float64Array): Float64Array =>
    of.map((value, at) => kept[Math.floor(at / cube.classes)] ? value : 0);
  return {
    ...cube,
    part: keep(cube.part),
    effort: keep(cube.effort),
    possible: keep(cube.possible),
    scheduled: keep(cube.scheduled),
  };
}
