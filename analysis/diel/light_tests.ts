import { type ColumnTable, from } from "arquero";
import { completeCube, daySums, intervalColumns } from "../cells/mod.ts";
import { differenceOfDays, holm } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";

/**
 * Tests whether classes of light differ in occupancy, at the level of days: the six pairs of night,
 * dawn, day and dusk, with Holm's adjustment. Seconds or hours are never taken for independent.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a pair, night against day first: `first`, `second`, `difference` (of occupancy),
 * `low`, `high`, `trust`, `block_days`, `blocks`, `t`, `freedom`, `p`, `p_holm`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 4800 }, (_, cell) => new Date(cell * 1_800_000));
 * const call_s = start.map((_, cell) => cell % 48 < 10 ? 600 + cell % 7 : cell % 5);
 * const presence = table({ start, effort_s: start.map(() => 1800), call_s });
 * const tests = lightTests(presence, { latitude: 0, longitude: 0 });
 * assert(tests.get("first", 0) === "night" && tests.get("second", 0) === "day");
 * assert(tests.get("difference", 0) > 0 && tests.get("p_holm", 0) < 0.001);
 * ```
 */
export function lightTests(presence: ColumnTable, place: Place, limits?: LightLimits): ColumnTable {
  const cube = completeCube(lightOfPresence(presence, place, limits));
  const days = LIGHTS.map((_, i) => ({
    part: daySums(cube.part, cube.classes, [i]),
    effort: daySums(cube.effort, cube.classes, [i]),
  }));
  const rows = PAIRS.map(([first, second]) => {
    const [a, b] = [first, second].map((light) => days[LIGHTS.indexOf(light)]);
    const known = differenceOfDays(a, b);
    const { difference, error, freedom, chance } = known;
    return {
      first,
      second,
      difference,
      ...intervalColumns(known),
      t: difference / error,
      freedom,
      p: chance,
    };
  });
  const adjusted = holm(rows.map(({ p }) => p));
  return from(rows.map((row, i) => ({ ...row, p_holm: adjusted[i] })));
}

const PAIRS = [
  ["night", "day"],
  ["night", "dawn"],
  ["night", "dusk"],
  ["dawn", "day"],
  ["dusk", "day"],
  ["dawn", "dusk"],
] as const;
