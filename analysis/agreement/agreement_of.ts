import type { CrossCounts } from "./cross_counts.ts";

/** How well two detections agree; no intervals, as neighbouring cells are not independent. */
export interface DetectionAgreement {
  /** Part of the cells on which they agree. */
  observed: number;
  /** Cohen's kappa: agreement beyond chance; NaN where both always say the same one thing. */
  kappa: number;
  /** Of the cells that each calls positive, on average, how many the other does too. */
  positive: number;
  /** The same of negative cells. */
  negative: number;
}

/**
 * Agreement of two detections.
 *
 * Source: Cohen 1960, Educational and Psychological Measurement 20:37, as scikit-learn's
 * `cohen_kappa_score`; positive and negative agreement: Cicchetti and Feinstein 1990, Journal of
 * Clinical Epidemiology 43:551.
 *
 * @param counts How the detections fall together.
 * @returns Four figures; NaN where there is nothing to divide by.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { observed, kappa } = agreementOf({ both: 20, firstOnly: 5, secondOnly: 10, neither: 15 });
 * assert(observed === 0.7 && Math.abs(kappa - 0.4) < 1e-12);
 * ```
 */
export function agreementOf(
  { both, firstOnly, secondOnly, neither }: CrossCounts,
): DetectionAgreement {
  const all = both + firstOnly + secondOnly + neither;
  const [first, second] = [(both + firstOnly) / all, (both + secondOnly) / all];
  const observed = (both + neither) / all;
  const chance = first * second + (1 - first) * (1 - second);
  return {
    observed,
    kappa: (observed - chance) / (1 - chance),
    positive: 2 * both / (2 * both + firstOnly + secondOnly),
    negative: 2 * neither / (2 * neither + firstOnly + secondOnly),
  };
}
