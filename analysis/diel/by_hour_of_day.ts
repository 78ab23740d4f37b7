import { type ColumnTable, from } from "arquero";
import {
  completeCube,
  daySums,
  type HourClock,
  hourCube,
  intervalColumns,
  presenceColumns,
} from "../cells/mod.ts";
import { noSounder, ratioOfDays } from "../statistics/mod.ts";

/**
 * The diel curve: the proportion of time with song in each hour of the day, each month counting by
 * its length whatever its effort. An hour's interval is no sounder than that of the whole day.
 *
 * @param presence A presence table of cells up to an hour; of minutes where the clock is not whole
 * hours from UTC, as a cell counts by its middle.
 * @param clock Whose hours: UTC by default, the sun's, or a time zone's.
 * @returns 24 rows: `hour`, `effort_s`, `possible_s`, `coverage` (of what was to be recorded),
 * `call_s`, `naive`, `proportion`, `low`, `high`, `trust`, `block_days`, `blocks`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 2400 }, (_, hour) => new Date(hour * 3_600_000));
 * const call_s = start.map((_, hour) => hour % 24 === 5 ? 1800 : 0);
 * const hours = byHourOfDay(table({ start, effort_s: start.map(() => 3600), call_s }));
 * assert(hours.get("proportion", 5) === 0.5 && hours.get("proportion", 6) === 0);
 * ```
 */
export function byHourOfDay(presence: ColumnTable, clock?: HourClock): ColumnTable {
  const cube = hourCube(presenceColumns(presence), clock);
  const whole = completeCube(cube);
  const all = ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24));
  return from(Array.from({ length: 24 }, (_, hour) => {
    const of = (values: Float64Array): Float64Array => daySums(values, 24, [hour]);
    const known = ratioOfDays(of(whole.part), of(whole.effort));
    const [effort, possible, scheduled, call] = [
      cube.effort,
      cube.possible,
      cube.scheduled,
      cube.part,
    ]
      .map((values) => of(values).reduce((sum, value) => sum + value, 0));
    return {
      hour,
      effort_s: effort,
      possible_s: possible,
      coverage: effort / scheduled,
      call_s: call,
      naive: call / effort,
      proportion: known.ratio,
      ...intervalColumns({ ...known, trust: noSounder(known.trust, all.trust) }),
    };
  }));
}
