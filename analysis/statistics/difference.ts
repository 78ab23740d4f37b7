import { batchMeans, type DayUncertainty } from "./batch_means.ts";
import type { DayMemory } from "./day_memory.ts";
import { ratioInfluence } from "./ratio.ts";

/** The difference of two ratios over the same days, with its 95 % interval and test. */
export interface Difference extends DayUncertainty {
  difference: number;
  low: number;
  high: number;
}

/**
 * The difference of two proportions over the same days, such as of night and day: the days'
 * influences on both are subtracted day by day, so that what days share does not count.
 *
 * @param first Part and effort of the first, one value a calendar day each.
 * @param second The same of the second.
 * @param memory Measured on more days than these.
 * @returns First minus second, its interval, and the chance of one as large from nothing.
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
  first: { part: ArrayLike<number>; effort: ArrayLike<number> },
  second: { part: ArrayLike<number>; effort: ArrayLike<number> },
  memory?: DayMemory,
): Difference {
  const [a, b] = [first, second].map(({ part, effort }) => ratioInfluence(part, effort));
  const difference = a.ratio - b.ratio;
  const influence = a.influence.map((value, day) => value - b.influence[day]);
  const effort = influence.map((_, day) => first.effort[day] + second.effort[day]);
  const known = batchMeans(difference, influence, effort, memory);
  return { ...known, difference, low: difference - known.half, high: difference + known.half };
}
