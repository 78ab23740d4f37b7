/**
 * Marks positive bins. Plain: the filtered score is at or above the threshold. With hysteresis (a
 * Schmitt trigger): from a bin at or above the threshold on, up to and without the first that is
 * below `off`; the end of effort ends it too.
 *
 * @param filtered One filtered score a bin, NaN without effort.
 * @param threshold The least filtered score at which bins turn positive.
 * @param off The least at which they stay so, ≤ threshold.
 * @returns 1 for positive bins, else 0, as many.
 * @throws {RangeError} Where `off` is not ≤ the threshold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...positiveBins([0.4, 0.6, 0.4, 0.2, 0.4], 0.5)], [0, 1, 0, 0, 0]);
 * assert.deepEqual([...positiveBins([0.4, 0.6, 0.4, 0.2, 0.4], 0.5, 0.3)], [0, 1, 1, 0, 0]);
 * ```
 */
export function positiveBins(
  filtered: ArrayLike<number>,
  threshold: number,
  off: number = threshold,
): Uint8Array {
  checkThresholds(threshold, off);
  const positive = new Uint8Array(filtered.length);
  let on = false;
  for (let bin = 0; bin < filtered.length; bin++) {
    on = filtered[bin] >= (on ? off : threshold);
    if (on) positive[bin] = 1;
  }
  return positive;
}

/** Checks that bins that turn positive also stay so. */
export function checkThresholds(threshold: number, off: number): void {
  if (!(off <= threshold)) {
    throw new RangeError(`Cannot stay positive from ${off} on as that is not ≤ ${threshold}`);
  }
}

/** Bins that follow each other without a break: `[start, stop)`. */
export interface BinSpan {
  start: number;
  stop: number;
}

/**
 * Finds the spans of continuous effort: bins with a score. What lies between them is never crossed.
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
