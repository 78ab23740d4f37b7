import { batchMeans, type DayUncertainty } from "./batch_means.ts";
import type { DayMemory } from "./day_memory.ts";
import { ratioInfluence } from "./ratio.ts";

/** The difference of two proportions on the same days, with its 95 % interval and test. */
export interface Difference extends DayUncertainty {
  difference: number;
  low: number;
  high: number;
}

/** Seconds of a day each: those that count, and those of effort that they are counted of. */
export interface DayParts {
  part: ArrayLike<number>;
  effort: ArrayLike<number>;
}

/**
 * Takes the difference of two proportions on the same days, such as of night and day: each day's own
 * difference, days weighed by `e₁e₂/(e₁ + e₂)`, so that a season in one of them, or in its effort,
 * does not pass for a difference. Days on which one of them has no effort tell nothing.
 *
 * Source: the weights of Mantel and Haenszel for differences of proportions, days the strata
 * (Greenland and Robins 1985, Biometrics 41:55).
 *
 * @param first Part and effort of the first, one value a calendar day each.
 * @param second The same of the second.
 * @param memory Measured on more days than these.
 * @returns First minus second, its interval, and the chance of one as large from nothing; NaN where
 * no day has both.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const effort = new Float64Array(120).fill(100);
 * const night = { part: effort.map((_, day) => 40 + day % 7), effort };
 * const day = { part: effort.map((_, day) => 20 + day % 5), effort };
 * const { difference, low, chance } = differenceOfDays(night, day);
 * assert(difference > 0.19 && low > 0.15 && chance < 0.001);
 * ```
 */
export function differenceOfDays(
  first: DayParts,
  second: DayParts,
  memory?: DayMemory,
): Difference {
  const days = first.effort.length;
  const [part, weight] = [new Float64Array(days), new Float64Array(days)];
  for (let day = 0; day < days; day++) {
    const [a, b] = [first.effort[day], second.effort[day]];
    if (!(a > 0 && b > 0)) continue;
    weight[day] = a * b / (a + b);
    part[day] = weight[day] * (first.part[day] / a - second.part[day] / b);
  }
  const { ratio: difference, influence } = ratioInfluence(part, weight);
  const known = batchMeans(difference, influence, weight, memory);
  return { ...known, difference, low: difference - known.half, high: difference + known.half };
}

/**
 * Adjusts the chances of several tests made together, so that the chance of any false alarm among
 * them stays what it is for one.
 *
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65; statsmodels' `multipletests`.
 *
 * @param chances The p values, 0 to 1; NaN where a test could not be made, which is passed over.
 * @returns The adjusted p values, in the same order, at most 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...holm([0.01, 0.04, 0.03])], [0.03, 0.06, 0.06]);
 * ```
 */
export function holm(chances: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(chances.length).fill(NaN);
  const order = Array.from({ length: chances.length }, (_, test) => test)
    .filter((test) => !Number.isNaN(chances[test]))
    .sort((a, b) => chances[a] - chances[b]);
  let least = 0;
  for (const [rank, test] of order.entries()) {
    least = Math.max(least, Math.min(1, chances[test] * (order.length - rank)));
    adjusted[test] = least;
  }
  return adjusted;
}
