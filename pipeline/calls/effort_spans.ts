/** Bins that follow each other without a break: `[start, stop)`. */
export interface BinSpan {
  start: number;
  stop: number;
}

/**
 * The spans of continuous effort: bins with a score. What lies between them is never crossed.
 *
 * @param scores One score a bin, NaN without effort.
 * @returns The spans, ascending.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const spans = effortSpans([0.1, 0.2, NaN, 0.3]);
 * assert(spans.length === 2 && spans[1].start === 3 && spans[1].stop === 4);
 * ```
 */
export function effortSpans(scores: ArrayLike<number>): BinSpan[] {
  const spans: BinSpan[] = [];
  let start = 0;
  for (let bin = 0; bin <= scores.length; bin++) {
    if (bin < scores.length && !Number.isNaN(scores[bin])) continue;
    if (bin > start) spans.push({ start, stop: bin });
    start = bin + 1;
  }
  return spans;
}
