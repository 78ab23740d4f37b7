import type { ColumnTable } from "arquero";
import { type DayCube, lightCube, presenceColumns } from "../cells/mod.ts";
import { type LightLimits, lightSpans, type Place } from "../sun/mod.ts";

/**
 * Sums a presence table over days and classes of light.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the sun is looked at from.
 * @param limits Which altitudes part the classes.
 * @returns A cube whose classes are `LIGHTS`.
 */
export function lightOfPresence(
  presence: ColumnTable,
  place: Place,
  limits?: LightLimits,
): DayCube {
  const columns = presenceColumns(presence);
  const { startMs, cellMs } = columns;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  return lightCube(columns, lightSpans(place, startMs[0], stopMs, limits));
}
