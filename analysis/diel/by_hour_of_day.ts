import { type ColumnTable, from } from "arquero";
import {
  completeCube,
  daySums,
  type HourClock,
  hourCube,
  intervalColumns,
  type Presence,
  presenceColumns,
} from "../presence/mod.ts";
import { batchMeans, noSounder, ratioInfluence, ratioOfDays } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./by_light.ts";
import { asHeard, notComparable, sameDays } from "./same_days.ts";

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
export function byHourOfDay(presence: Presence, clock?: HourClock): ColumnTable {
  const cube = hourCube(presenceColumns(presence), clock);
  const whole = completeCube(cube);
  const all = ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24));
  return from(Array.from({ length: 24 }, (_, hour) => {
    const of = (values: Float64Array): Float64Array => daySums(values, 24, [hour]);
    const known = ratioOfDays(of(whole.part), of(whole.effort));
    const [effort, possible, scheduled, positive] = [
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
      call_s: positive,
      naive: positive / effort,
      proportion: known.ratio,
      ...intervalColumns({ ...known, trust: noSounder(known.trust, all.trust) }),
    };
  }));
}

/**
 * The diel pattern with each day's own level taken out: a class's occupancy on a day less the mean
 * over that day's classes by their length, averaged over days. Loud days and quiet ones count alike.
 *
 * Days count that have every class of light that the place has in this time, each of them heard for a
 * fiftieth at least; a day weighs as much as the part heard of its least heard class, and each month as many days
 * as it has of them.
 *
 * Source: the definition that Triton's `dbNormDiel` serves, without stretching the day.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a class: `light`, `days` (that count), `difference`, `low`, `high`, `trust`,
 * `block_days`, `blocks`, `unanswered` (null, or why there is no difference).
 */
export function normalisedByDay(
  presence: Presence,
  place: Place,
  limits?: LightLimits,
): ColumnTable {
  const cube = lightOfPresence(presence, place, limits);
  const { classes, possible } = cube;
  const same = sameDays(cube);
  const means = same.weight.map((weight, day) => {
    if (weight === 0) return 0;
    let [song, time] = [0, 0];
    for (let at = day * classes; at < (day + 1) * classes; at++) {
      if (possible[at] === 0) continue;
      song += cube.part[at] / cube.effort[at] * possible[at];
      time += possible[at];
    }
    return song / time;
  });
  return from(LIGHTS.map((light, i) => {
    const unanswered = notComparable(cube, same, i);
    const weight = unanswered === null ? same.weight : new Float64Array(cube.days);
    const apart = weight.map((weight, day) => {
      const at = day * classes + i;
      return weight > 0 ? weight * (cube.part[at] / cube.effort[at] - means[day]) : 0;
    });
    const { ratio: difference, influence } = ratioInfluence(apart, weight);
    const known = batchMeans(difference, influence, weight);
    const [low, high] = [difference - known.half, difference + known.half];
    const days = unanswered === null ? same.days : 0;
    const trust = asHeard(cube, known.trust);
    return {
      light,
      days,
      difference,
      ...intervalColumns({ ...known, low, high, trust }),
      unanswered,
    };
  }));
}
