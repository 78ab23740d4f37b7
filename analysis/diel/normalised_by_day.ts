import { type ColumnTable, from } from "arquero";
import { type DayCube, intervalColumns } from "../cells/mod.ts";
import { batchMeans } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";

/** Of each class's time on a day, what must have been heard. */
const COVERAGE = 0.5;

/**
 * The diel pattern with each day's own level taken out: a class's occupancy on a day less the mean
 * over that day's classes by their length, averaged over days. Loud days and quiet ones count alike.
 *
 * Only days count on which every class that the day has was heard for at least half of its time.
 *
 * Source: the definition that Triton's `dbNormDiel` serves, without stretching the day.
 *
 * @param presence A presence table; of minutes, as an hour blurs dawn and dusk.
 * @param place Where the hydrophone stands.
 * @param limits Which altitudes of the sun part the classes.
 * @returns A row a class: `light`, `days` (that count), `difference`, `low`, `high`, `trust`,
 * `block_days`, `blocks`.
 */
export function normalisedByDay(
  presence: ColumnTable,
  place: Place,
  limits?: LightLimits,
): ColumnTable {
  const cube = lightOfPresence(presence, place, limits);
  return from(LIGHTS.map((light, i) => {
    const differences = Float64Array.from({ length: cube.days }, (_, day) => apartOf(cube, day, i));
    const counted = differences.map((value) => Number.isNaN(value) ? 0 : 1);
    const days = counted.reduce((sum, one) => sum + one, 0);
    const difference = differences.reduce((sum, v) => Number.isNaN(v) ? sum : sum + v, 0) / days;
    const influence = differences.map((value) =>
      Number.isNaN(value) ? 0 : (value - difference) * cube.days / days
    );
    const known = batchMeans(difference, influence, counted);
    const [low, high] = [difference - known.half, difference + known.half];
    return { light, days, difference, ...intervalColumns({ ...known, low, high }) };
  }));
}

/** A class's occupancy less its day's mean; NaN where the day does not count. */
function apartOf({ classes, part, effort, possible }: DayCube, day: number, of: number): number {
  let [song, time] = [0, 0];
  for (let at = day * classes; at < (day + 1) * classes; at++) {
    if (possible[at] === 0) continue;
    if (effort[at] < COVERAGE * possible[at]) return NaN;
    song += part[at] / effort[at] * possible[at];
    time += possible[at];
  }
  const at = day * classes + of;
  return possible[at] === 0 ? NaN : part[at] / effort[at] - song / time;
}
