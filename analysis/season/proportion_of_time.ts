import { type ColumnTable, from } from "arquero";
import {
  completeCube,
  daySums,
  hourCube,
  intervalColumns,
  type Presence,
  presenceColumns,
} from "../presence/mod.ts";
import { ratioOfDays } from "../statistics/mod.ts";

/**
 * The proportion of time with song over a whole presence table, with a 95 % interval.
 *
 * `proportion` makes up for uneven effort: each month's hours of the day count by how long they
 * are. `naive` is plain song over effort, which follows the effort.
 *
 * @param presence A presence table of cells up to an hour.
 * @returns One row: `effort_s`, `possible_s`, `call_s`, `naive`, `proportion`, `low`, `high`,
 * `trust`, `block_days`, `blocks`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 2400 }, (_, hour) => new Date(hour * 3_600_000));
 * const call_s = start.map((_, hour) => hour % 24 < 12 ? 1800 : 0);
 * const presence = table({ start, effort_s: start.map(() => 3600), call_s });
 * assert.equal(proportionOfTime(presence).get("proportion", 0), 0.25);
 * ```
 */
export function proportionOfTime(presence: Presence): ColumnTable {
  const cube = hourCube(presenceColumns(presence));
  const whole = completeCube(cube);
  const known = ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24));
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const [effort, positive] = [sum(cube.effort), sum(cube.part)];
  return from([{
    effort_s: effort,
    possible_s: sum(cube.possible),
    call_s: positive,
    naive: positive / effort,
    proportion: known.ratio,
    ...intervalColumns(known),
  }]);
}
