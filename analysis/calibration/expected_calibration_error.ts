const BINS = 10;

/**
 * Expected calibration error: how far, on average, the share of positives is from the mean
 * probability, in ten bins of equal width.
 *
 * Source: Naeini, Cooper, Hauskrecht, AAAI 2015; Guo and others, ICML 2017.
 *
 * @param probabilities One an item, 0 to 1.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN for no items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(expectedCalibrationError([0.75, 0.75], [true, false]) === 0.25);
 * ```
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  // Of each bin, the sum of probability less truth: its size cancels out of the weighted mean.
  const sums = new Float64Array(BINS);
  for (let i = 0; i < probabilities.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor(probabilities[i] * BINS));
    sums[bin] += probabilities[i] - (positive[i] ? 1 : 0);
  }
  return sums.reduce((sum, value) => sum + Math.abs(value), 0) / probabilities.length;
}
