import { type ColumnTable, from } from "arquero";
import { intervalColumns, pairedDays } from "../cells/mod.ts";
import { differenceOfDays, holm } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";
import { asHeard } from "./same_days.ts";

/**
 * Tests whether classes of light differ, on the same days: each day's part of the night with song
 * less that of its day, and so for the six pairs of night, dawn, day and dusk. A day weighs
 * `T₁T₂/(T₁ + T₂)` from the lengths of both classes, months as the calendar has them whatever was
 * heard of them, so that neither season nor effort passes for day and night. Days on which one of
 * the two was hardly heard (for less than a fiftieth of it) tell nothing of
 * them. Seconds or hours are never taken for independent; the
 * six are adjusted after Holm.
 *
 * Source: the weights of Mantel and Haenszel for differences of proportions, days the strata
 * (Greenland and Robins 1985, Biometrics 41:55), as a regression with a level for each day has them.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a pair, night against day first: `first`, `second`, `days` (on which both were
 * heard), `difference`, `low`, `high`, `trust`, `block_days`, `blocks`, `t`, `freedom`, `p`, `p_holm`.
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
  const cube = lightOfPresence(presence, place, limits);
  const rows = PAIRS.map(([first, second]) => {
    const [a, b] = pairedDays(cube, LIGHTS.indexOf(first), LIGHTS.indexOf(second));
    const known = differenceOfDays(a, b);
    const { difference, error, freedom, chance } = known;
    return {
      first,
      second,
      days: a.effort.reduce((sum, seconds, day) => sum + (seconds * b.effort[day] > 0 ? 1 : 0), 0),
      difference,
      ...intervalColumns({ ...known, trust: asHeard(cube, known.trust) }),
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
