import { BoutBuilder } from "./bout_builder.ts";
import { effortSpans } from "./effort_spans.ts";
import { positiveBins } from "./positive_bins.ts";

/** How positive bins join into bouts. */
export interface BoutOptions {
  /** A bin is positive from this filtered score on, 0 to 1. */
  threshold: number;
  /** With hysteresis: once positive, bins stay so down to this filtered score (≤ `threshold`). */
  off?: number | undefined;
  /** Runs of non-positive bins up to this length are joined over, in bins (seconds). */
  gap: number;
  /** Bouts shorter than this are dropped, in bins (seconds). */
  min: number;
}

/** A stretch of calling: bins `[start, stop)`. */
export interface Bout {
  start: number;
  stop: number;
  /** Bins of it that are positive. */
  positive: number;
  /** Highest filtered score, and its first bin. */
  peak: number;
  peakBin: number;
  /** Mean of the filtered scores of all its bins. */
  mean: number;
  /** Whether it touches a bin without effort, or the end of the scores. */
  atGap: boolean;
}

/**
 * Bouts of calling over continuous effort. Positive bins (`positiveBins`) join where the run of
 * others between them is ≤ `gap`; then bouts shorter than `min` are dropped.
 *
 * @param filtered One filtered score a bin, NaN without effort.
 * @param options Threshold, gap and least length.
 * @returns The bouts, ascending.
 * @throws {RangeError} Where `off` is above the threshold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [bout] = findBouts([0, 0.9, 0.2, 0.7, 0], { threshold: 0.5, gap: 1, min: 3 });
 * assert(bout.start === 1 && bout.stop === 4 && bout.positive === 2);
 * ```
 */
export function findBouts(filtered: ArrayLike<number>, options: BoutOptions): Bout[] {
  const positive = positiveBins(filtered, options.threshold, options.off);
  const bouts: Bout[] = [];
  const builder = new BoutBuilder(options, { onBout: (bout) => bouts.push(bout) });
  for (const { start, stop } of effortSpans(filtered)) {
    builder.beginSpan(start);
    for (let bin = start; bin < stop; bin++) builder.step(bin, filtered[bin], positive[bin] === 1);
    builder.endSpan(stop);
  }
  return bouts;
}
