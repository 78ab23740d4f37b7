/**
 * Brier score: the mean squared difference of probability and truth; 0 is perfect, and 0.25 is what
 * a probability of 0.5 for everything gets.
 *
 * Source: G. W. Brier, Monthly Weather Review 78 (1950) 1; scikit-learn's `brier_score_loss`.
 *
 * @param probabilities One an item, 0 to 1.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN for no items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(brierScore([1, 0.5], [true, false]) === 0.125);
 * ```
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    sum += (probabilities[i] - (positive[i] ? 1 : 0)) ** 2;
  }
  return sum / probabilities.length;
}
