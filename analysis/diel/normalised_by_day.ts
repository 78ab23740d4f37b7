import { type ColumnTable, from } from "arquero";
import { intervalColumns } from "../cells/mod.ts";
import { batchMeans, ratioInfluence } from "../statistics/mod.ts";
import { type LightLimits, LIGHTS, type Place } from "../sun/mod.ts";
import { lightOfPresence } from "./light_of_presence.ts";
import { asHeard, notComparable, sameDays } from "./same_days.ts";

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
  presence: ColumnTable,
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
