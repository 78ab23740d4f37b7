import { logistic } from "../calibration/mod.ts";

/** Points of the normal distribution at the middles of slices of equal width, and their weights. */
const POINTS = Array.from({ length: 81 }, (_, i) => {
  const z = (i - 40) / 8;
  return [z, Math.exp(-z * z / 2)] as const;
});
const TOTAL = POINTS.reduce((sum, [, weight]) => sum + weight, 0);

/**
 * The mean of the logistic of a normally distributed number.
 *
 * @param middle Its middle.
 * @param deviation Its standard deviation, ≥ 0.
 * @returns 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(meanOfLogistic(0, 1.5) - 0.5) < 1e-12);
 * ```
 */
export function meanOfLogistic(middle: number, deviation: number): number {
  return POINTS.reduce((sum, [z, w]) => sum + w * logistic(middle + deviation * z), 0) / TOTAL;
}

/**
 * The middle of a normal distribution on the logit scale whose logistic has a given mean.
 *
 * @param mean 0 to 1; kept within 1e-9 of the ends.
 * @param deviation Standard deviation on the logit scale.
 * @returns The middle, such that the mean of `logistic(middle + deviation · z)` is `mean`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(logitOfMean(0.5, 1)) < 1e-9);
 * assert(logitOfMean(0.8, 1) > Math.log(4));
 * ```
 */
export function logitOfMean(mean: number, deviation: number): number {
  let [low, high] = [-30, 30];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (meanOfLogistic(middle, deviation) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
