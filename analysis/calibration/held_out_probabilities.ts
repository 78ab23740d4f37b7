import { fitLogistic } from "./fit_logistic.ts";
import { logistic } from "./logit.ts";

const FOLDS = 5;

/**
 * Probabilities of items whose day had no part in the fit that gave them: days are dealt out to five
 * folds in their order.
 *
 * @param x Logit of the score of each item.
 * @param positive Whether each item is truly positive.
 * @param days Day of each item.
 * @returns One probability an item; nothing where a fold can't be fitted.
 */
export function heldOutProbabilities(
  x: Float64Array,
  positive: readonly boolean[],
  days: Float64Array,
): Float64Array | undefined {
  const fold = new Map([...new Set(days)].sort((a, b) => a - b).map((day, i) => [day, i % FOLDS]));
  const probabilities = new Float64Array(x.length);
  for (let out = 0; out < FOLDS; out++) {
    const isOut = (_: unknown, item: number): boolean => fold.get(days[item]) === out;
    const isIn = (_: unknown, item: number): boolean => fold.get(days[item]) !== out;
    const fit = fitLogistic(x.filter(isIn), positive.filter(isIn), days.filter(isIn));
    if (!fit) return undefined;
    x.forEach((value, item) => {
      if (isOut(value, item)) probabilities[item] = logistic(fit.intercept + fit.slope * value);
    });
  }
  return probabilities;
}
