import type { ColumnTable } from "arquero";
import { type DayCube, lightCube, presenceColumns } from "../cells/mod.ts";
import { type LightLimits, lightLimits, lightSpans, type Place } from "../sun/mod.ts";

/** Tables don't change: what was summed before need not be again. */
const known = new WeakMap<ColumnTable, Map<string, DayCube>>();

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
  const cube = cubes.get(key) ?? sumUp(presence, place, limits);
  cubes.set(key, cube);
  return cube;
}

function sumUp(presence: ColumnTable, place: Place, limits?: LightLimits): DayCube {
  const columns = presenceColumns(presence);
  const { startMs, cellMs } = columns;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  return lightCube(columns, lightSpans(place, startMs[0], stopMs, limits));
}
