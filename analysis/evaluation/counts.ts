import type { Span } from "../../core/mod.ts";

/** A bout, as a detector found it or as a person marked it. */
export interface Event extends Span {
  /** The detector's score; a person's mark has none. */
  score?: number;
}

/** What was found, and what should have been. */
export interface Counts {
  /** Found and there. */
  truePositives: number;
  /** Found and not there: false alarms. */
  falsePositives: number;
  /** There and not found: misses. */
  falseNegatives: number;
}

/** Counts as shares. */
export interface Rates {
  /** Share of what was found that is there, 0 to 1; NaN where nothing was found. */
  precision: number;
  /** Share of what is there that was found, 0 to 1; NaN where nothing is there. */
  recall: number;
  /** `2·TP / (2·TP + FP + FN)`, 0 to 1; NaN where nothing is there and nothing was found. */
  f1: number;
  /**
   * `(FN + FP) / (TP + FN)`, from 0, may pass 1; NaN where nothing is there. It is the error rate
   * of sed_eval for segments of one class, where no substitution can be.
   */
  errorRate: number;
}

/**
 * Precision, recall, F1 and error rate.
 *
 * Source: Mesaros, Heittola, Virtanen, "Metrics for polyphonic sound event detection", Applied
 * Sciences 6 (2016) 162; sed_eval 0.2.1. Where precision is undefined (nothing found, something
 * there), F1 is 0 here and NaN there.
 *
 * @param counts What was found, and what should have been.
 * @returns The shares.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { precision, recall } = ratesOf({ truePositives: 3, falsePositives: 1, falseNegatives: 3 });
 * assert(precision === 0.75 && recall === 0.5);
 * ```
 */
export function ratesOf(counts: Counts): Rates {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn } = counts;
  return {
    precision: tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: 2 * tp / (2 * tp + fp + fn),
    errorRate: tp + fn === 0 ? NaN : (fn + fp) / (tp + fn),
  };
}
