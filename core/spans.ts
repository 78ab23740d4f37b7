/**
 * Joins spans into their union: ascending, apart from each other. Spans that touch become one,
 * those without length vanish.
 *
 * @param spans Spans in any order, overlapping or not.
 * @returns New spans.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const spans = [{ startMs: 5, stopMs: 9 }, { startMs: 0, stopMs: 5 }];
 * assert.deepEqual(unionSpans(spans), [{ startMs: 0, stopMs: 9 }]);
 * ```
 */
export function unionSpans(spans: readonly Span[]): Span[] {
  const union: Span[] = [];
  for (const { startMs, stopMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    if (!(stopMs > startMs)) continue;
    const last = union.at(-1);
    if (last && startMs <= last.stopMs) last.stopMs = Math.max(last.stopMs, stopMs);
    else union.push({ startMs, stopMs });
  }
  return union;
}

/**
 * Intersects two unions.
 *
 * @param a A union, as `unionSpans` gives it.
 * @param b Another.
 * @returns A union.
 */
export function intersectSpans(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const startMs = Math.max(a[i].startMs, b[j].startMs);
    const stopMs = Math.min(a[i].stopMs, b[j].stopMs);
    if (stopMs > startMs) common.push({ startMs, stopMs });
    if (a[i].stopMs < b[j].stopMs) i++;
    else j++;
  }
  return common;
}

/**
 * Subtracts one union from another.
 *
 * @param a A union, as `unionSpans` gives it.
 * @param b Another, which is taken out of it.
 * @returns A union.
 */
export function subtractSpans(a: readonly Span[], b: readonly Span[]): Span[] {
  const outside: Span[] = [];
  let startMs = -Infinity;
  for (const { startMs: next, stopMs } of b) {
    outside.push({ startMs, stopMs: next });
    startMs = stopMs;
  }
  return intersectSpans(a, [...outside, { startMs, stopMs: Infinity }]);
}

/**
 * Adds up the lengths of a union's spans.
 *
 * @param union A union, as `unionSpans` gives it.
 * @returns Milliseconds.
 */
export function lengthOfSpans(union: readonly Span[]): number {
  return union.reduce((sum, { startMs, stopMs }) => sum + stopMs - startMs, 0);
}

/**
 * Measures how much of each span lies in a union.
 *
 * @param spans Spans in any order, overlapping or not.
 * @param union A union, as `unionSpans` gives it.
 * @returns Milliseconds, one number a span.
 */
export function overlapWithSpans(spans: readonly Span[], union: readonly Span[]): number[] {
  return spans.map(({ startMs, stopMs }) => {
    let overlap = 0;
    for (let i = firstEndingAfter(union, startMs); i < union.length; i++) {
      if (union[i].startMs >= stopMs) break;
      overlap += Math.min(stopMs, union[i].stopMs) - Math.max(startMs, union[i].startMs);
    }
    return overlap;
  });
}

/** Finds the first span that stops after an instant. */
function firstEndingAfter(union: readonly Span[], ms: number): number {
  let [low, high] = [0, union.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (union[middle].stopMs > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A span of time, `[startMs, stopMs)`, in epoch milliseconds. */
export interface Span {
  /** First instant. */
  startMs: number;
  /** The instant after the last. */
  stopMs: number;
}
