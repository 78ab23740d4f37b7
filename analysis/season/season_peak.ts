import { type ColumnTable, from } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import {
  completeCube,
  daySums,
  hourCube,
  type Presence,
  presenceColumns,
  type Unanswered,
} from "../presence/mod.ts";
import { seasonRanges } from "./season_bounds.ts";

/** Which stretch is sought. */
export interface PeakOptions {
  /** Month that a season begins with, 1 to 12; 8 by default. */
  firstMonth?: number | undefined;
  /** Length of the stretch, days; 30 by default. */
  days?: number | undefined;
}

/** A stretch must have been heard for this part of what was to be recorded of it. */
const COVERAGE = 0.5;

/**
 * The peak of each season: the stretch of days with the highest proportion of time with song,
 * uneven effort made up for. It is the highest of many, so that its height is a little flattered.
 *
 * @param presence A presence table of cells up to an hour.
 * @param options Which stretch is sought.
 * @returns A row a season: `season`, `start`, `middle`, `stop` (Dates, the day after the last),
 * `proportion`, `coverage` (of what was to be recorded), `unanswered` (null, or why there is no peak,
 * and the others are null and NaN).
 */
export function seasonPeak(presence: Presence, options: PeakOptions = {}): ColumnTable {
  const { firstMonth = 8, days = 30 } = options;
  const cube = hourCube(presenceColumns(presence));
  const whole = completeCube(cube);
  const [effort, scheduled, part, time] = [cube.effort, cube.scheduled, whole.part, whole.effort]
    .map((values) => sums(daySums(values, 24)));
  return from(
    seasonRanges(cube, firstMonth).map(({ season, from, to }) => {
      let best = { start: NaN, proportion: NaN, coverage: NaN };
      for (let start = from; start + days <= to; start++) {
        const over = (of: Float64Array): number => of[start + days] - of[start];
        const coverage = over(effort) / over(scheduled);
        if (!(coverage >= COVERAGE)) continue;
        const proportion = over(part) / over(time);
        if (!(proportion <= best.proportion)) best = { start, proportion, coverage };
      }
      const unanswered = whyNot(to - from >= days, effort[to] - effort[from] > 0, best.proportion);
      if (unanswered !== null) best = { start: NaN, proportion: NaN, coverage: NaN };
      const date = (day: number): Date | null =>
        Number.isNaN(day) ? null : new Date(cube.firstDayMs + day * DAY_MS);
      return {
        season,
        start: date(best.start),
        middle: date(best.start + days / 2),
        stop: date(best.start + days),
        proportion: best.proportion,
        coverage: best.coverage,
        unanswered,
      };
    }),
  );
}

function whyNot(long: boolean, some: boolean, highest: number): Unanswered | null {
  if (!some) return "not heard";
  if (!long) return "too short";
  if (Number.isNaN(highest)) return "heard too little";
  return highest > 0 ? null : "no song";
}

/** Sums up to, and without, each day. */
function sums(values: Float64Array): Float64Array {
  const total = new Float64Array(values.length + 1);
  for (let day = 0; day < values.length; day++) total[day + 1] = total[day] + values[day];
  return total;
}
