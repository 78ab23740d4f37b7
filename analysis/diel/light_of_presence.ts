import type { ColumnTable } from "arquero";
import { type DayCube, lightCube, presenceColumns } from "../cells/mod.ts";
import {
  type LightLimits,
  lightLimits,
  type LightSpan,
  lightSpans,
  type Place,
} from "../sun/mod.ts";

/** Tables don't change: what was summed before need not be again. */
const known = new WeakMap<ColumnTable, Map<string, DayCube>>();
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
  presence: ColumnTable,
  place: Place,
  limits?: LightLimits,
): DayCube {
  const cubes = known.get(presence) ?? new Map<string, DayCube>();
  known.set(presence, cubes);
  const key = JSON.stringify([place.latitude, place.longitude, lightLimits(limits)]);
  const cube = cubes.get(key) ?? sumUp(presence, place, limits, key);
  cubes.set(key, cube);
  return cube;
}

function sumUp(
  presence: ColumnTable,
  place: Place,
  limits: LightLimits | undefined,
  key: string,
): DayCube {
  const columns = presenceColumns(presence);
  const { startMs, cellMs } = columns;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  const name = `${key} ${startMs[0]} ${stopMs}`;
  const spans = paths.get(name) ?? lightSpans(place, startMs[0], stopMs, limits);
  paths.delete(name);
  paths.set(name, spans);
  if (paths.size > MOST_PATHS) paths.delete(paths.keys().next().value!);
  return lightCube(columns, spans);
}
