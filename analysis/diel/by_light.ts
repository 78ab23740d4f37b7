import { type ColumnTable, from } from "arquero";
import { completeCube, daySums, heardMonths } from "../cells/mod.ts";
import { noSounder, type Ratio, ratioOfDays } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";
import { asHeard, notComparable, sameDays } from "./same_days.ts";

/**
 * Song by night, dawn, day and dusk, in three figures:
 *
 * - `occupancy`: of the class's time, how much had song. Nights are long in winter: where whales sing
 *   in winter, night has more song than day by this figure even if they ignore the sun.
 * - `same_days`: the same on days that have all the classes, days counting alike, so that classes can
 *   be compared.
 * - `share_of_song`: of all song, how much fell in the class. A long night has a large share.
 *
 * All make up for uneven effort month by month; `naive_share` does not, and follows it. Months in
 * which a class was not heard at all count for no share: its song is not known there.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a class: `light`, `effort_s`, `possible_s`, `call_s`; `occupancy`, `same_days` and
 * `share_of_song`, each with its own `…_low`, `…_high` and `…_trust` (of the last `share_…`);
 * `naive_share`, `days` (that count for `same_days`), `unanswered` (null, or why there is no
 * `same_days`). A class that the place does not have is NaN. A level's interval is no sounder than
 * that of all classes together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 4800 }, (_, cell) => new Date(cell * 1_800_000));
 * const effort_s = start.map(() => 1800);
 * const light = byLight(table({ start, effort_s, call_s: effort_s }), { latitude: 0, longitude: 0 });
 * assert.deepEqual(light.array("light"), ["night", "dawn", "day", "dusk"]);
 * assert.equal(light.get("occupancy", 0), 1);
 * ```
 */
export function byLight(presence: ColumnTable, place: Place, limits?: LightLimits): ColumnTable {
  const cube = lightOfPresence(presence, place, limits);
  const whole = completeCube(cube);
  const { classes } = cube;
  const all = ratioOfDays(daySums(whole.part, classes), daySums(whole.effort, classes));
  const counted = heardMonths(cube);
  const shared = completeCube(counted).part;
  const song = daySums(shared, classes);
  const heard = daySums(counted.effort, classes);
  const same = sameDays(cube);
  const heardSong = total(cube.part);
  return from(LIGHTS.map((light, i) => {
    const of = (values: Float64Array): Float64Array => daySums(values, classes, [i]);
    const possible = total(of(cube.possible));
    const unanswered = notComparable(cube, same, i);
    const weight = unanswered === null ? same.weight : new Float64Array(cube.days);
    const level = weight.map((days, day) => {
      const at = day * classes + i;
      return days > 0 ? days * cube.part[at] / cube.effort[at] : 0;
    });
    const share = ratioOfDays(of(shared), song, { heard });
    return {
      light,
      effort_s: total(of(cube.effort)),
      possible_s: possible,
      call_s: total(of(cube.part)),
      ...figure("occupancy", ratioOfDays(of(whole.part), of(whole.effort)), all),
      ...figure("same_days", ratioOfDays(level, weight), all),
      share_of_song: possible > 0 ? share.ratio : NaN,
      share_low: share.low,
      share_high: share.high,
      share_trust: asHeard(cube, share.trust),
      naive_share: total(of(cube.part)) / heardSong,
      days: unanswered === null ? same.days : 0,
      unanswered,
    };
  }));
}

/** A level with its interval, as columns. */
function figure(name: string, known: Ratio, all: Ratio): Record<string, number | string> {
  return {
    [name]: known.ratio,
    [`${name}_low`]: known.low,
    [`${name}_high`]: known.high,
    [`${name}_trust`]: noSounder(known.trust, all.trust),
  };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
