import { type BinSpan, effortSpans } from "./effort_spans.ts";

/** How positive bins join into bouts. */
export interface BoutOptions {
  /** A bin is positive from this filtered score on, 0 to 1. */
  threshold: number;
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
 * Bouts of calling over continuous effort. Positive bins (filtered score ≥ threshold) join where
 * the run of others between them is ≤ `gap`; then bouts shorter than `min` are dropped.
 *
 * @param filtered One filtered score a bin, NaN without effort.
 * @param options Threshold, gap and least length.
 * @returns The bouts, ascending.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [bout] = findBouts([0, 0.9, 0.2, 0.7, 0], { threshold: 0.5, gap: 1, min: 3 });
 * assert(bout.start === 1 && bout.stop === 4 && bout.positive === 2);
 * ```
 */
export function findBouts(filtered: ArrayLike<number>, options: BoutOptions): Bout[] {
  return effortSpans(filtered)
    .flatMap((span) => boutsOf(filtered, span, options))
    .filter((bout) => bout.stop - bout.start >= options.min)
    .map((bout) => ({ ...bout, mean: meanOf(filtered, bout) }));
}

/** The bouts of one span, however short. */
function boutsOf(filtered: ArrayLike<number>, span: BinSpan, options: BoutOptions): Bout[] {
  const bouts: Bout[] = [];
  let bout: Bout | undefined;
  for (let bin = span.start; bin < span.stop; bin++) {
    if (filtered[bin] < options.threshold) continue;
    if (bout && bin - bout.stop <= options.gap) bout.stop = bin + 1;
    else bouts.push(bout = { ...EMPTY, start: bin, stop: bin + 1 });
    bout.positive++;
    if (filtered[bin] > bout.peak) [bout.peak, bout.peakBin] = [filtered[bin], bin];
  }
  for (const found of bouts) {
    found.atGap = found.start === span.start || found.stop === span.stop;
  }
  return bouts;
}

const EMPTY = { positive: 0, peak: -Infinity, peakBin: 0, mean: 0, atGap: false };

function meanOf(filtered: ArrayLike<number>, { start, stop }: Bout): number {
  let sum = 0;
  for (let bin = start; bin < stop; bin++) sum += filtered[bin];
  return sum / (stop - start);
}
