import { type ColumnTable, from } from "arquero";
import {
  completeCube,
  type DayCube,
  daySums,
  heardMonths,
  intervalColumns,
  lightCube,
  pairedDays,
  type Presence,
  type PresenceColumns,
  presenceColumns,
  sharedCube,
} from "../presence/mod.ts";
import { differenceOfDays, holm, noSounder, type Ratio, ratioOfDays } from "../statistics/mod.ts";
import {
  type LightLimits,
  lightLimits,
  LIGHTS,
  type LightSpan,
  lightSpans,
  type Place,
} from "../sun/mod.ts";
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
export function byLight(presence: Presence, place: Place, limits?: LightLimits): ColumnTable {
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

/** Gives a level with its interval, as columns. */
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

/** The sun's path takes a second a year; other tables of the same place and time share it. */
const paths = new Map<string, LightSpan[]>();
/** So many are kept, the newest. */
const MOST_PATHS = 16;

/**
 * Sums a presence table over days and classes of light.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the sun is looked at from.
 * @param limits Which altitudes part the classes.
 * @returns A cube whose classes are `LIGHTS`, which is shared: it must not be changed.
 */
export function lightOfPresence(
  presence: Presence,
  place: Place,
  limits?: LightLimits,
): DayCube {
  const columns = presenceColumns(presence);
  const key = JSON.stringify([place.latitude, place.longitude, lightLimits(limits)]);
  return sharedCube(columns, `light ${key}`, () => sumUp(columns, place, limits, key));
}

function sumUp(
  columns: PresenceColumns,
  place: Place,
  limits: LightLimits | undefined,
  key: string,
): DayCube {
  const { startMs, cellMs } = columns;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  const name = `${key} ${startMs[0]} ${stopMs}`;
  const spans = paths.get(name) ?? lightSpans(place, startMs[0], stopMs, limits);
  paths.delete(name);
  paths.set(name, spans);
  if (paths.size > MOST_PATHS) paths.delete(paths.keys().next().value!);
  return lightCube(columns, spans);
}

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
export function lightTests(presence: Presence, place: Place, limits?: LightLimits): ColumnTable {
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
