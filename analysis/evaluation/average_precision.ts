/**
 * Average precision: the area under the precision–recall steps,
 * `AP = Σ (R_i − R_{i−1}) · P_i` over falling scores, tied scores taken together.
 *
 * Source: scikit-learn's `average_precision_score`, its user guide's definition.
 *
 * @param scores One score an item.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN where nothing is positive.
 * @throws {RangeError} Where the two differ in length, or a score is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(averagePrecision([0.9, 0.8, 0.1], [true, false, true]) === (1 + 2 / 3) / 2);
 * ```
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  if (scores.length !== positive.length) {
    throw new RangeError(`Cannot compare ${scores.length} scores with ${positive.length} truths`);
  }
  const order = Array.from(scores, (score, item) => {
    if (Number.isNaN(score)) throw new RangeError(`Cannot rank item ${item}: its score is NaN`);
    return item;
  }).sort((a, b) => scores[b] - scores[a]);
  let [truePositives, area] = [0, 0];
  for (let i = 0; i < order.length;) {
    const score = scores[order[i]];
    let found = 0;
    for (; i < order.length && scores[order[i]] === score; i++) if (positive[order[i]]) found++;
    truePositives += found;
    area += found * truePositives / i;
  }
  return area / truePositives;
}
