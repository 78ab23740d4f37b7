import { type ColumnTable, from } from "arquero";
import { completeCube, daySums, heardMonths } from "../cells/mod.ts";
import { ratioOfDays } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";

/**
 * Song by night, dawn, day and dusk: two figures that papers give under one name. `occupancy` is,
 * of the class's time, how much had song; `share_of_song` is, of all song, how much fell in the
 * class. Both make up for uneven effort month by month; `naive_share` does not, and follows it. Months
 * in which a class was not heard at all count for no share: its song is not known there.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a class: `light`, `effort_s`, `possible_s`, `call_s`, `occupancy`,
 * `occupancy_low`, `occupancy_high`, `share_of_song`, `share_low`, `share_high`, `naive_share`,
 * `trust`, `block_days`, `blocks`. A class that the place does not have is NaN.
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
  const shared = completeCube(heardMonths(cube)).part;
  const song = daySums(shared, classes);
  const heardSong = total(cube.part);
  return from(LIGHTS.map((light, i) => {
    const of = (values: Float64Array): Float64Array => daySums(values, classes, [i]);
    const occupancy = ratioOfDays(of(whole.part), of(whole.effort));
    const share = ratioOfDays(of(shared), song);
    const possible = total(of(cube.possible));
    return {
      light,
      effort_s: total(of(cube.effort)),
      possible_s: possible,
      call_s: total(of(cube.part)),
      occupancy: occupancy.ratio,
      occupancy_low: occupancy.low,
      occupancy_high: occupancy.high,
      share_of_song: possible > 0 ? share.ratio : NaN,
      share_low: share.low,
      share_high: share.high,
      naive_share: total(of(cube.part)) / heardSong,
      trust: occupancy.trust,
      block_days: occupancy.blockDays,
      blocks: occupancy.blocks,
    };
  }));
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
