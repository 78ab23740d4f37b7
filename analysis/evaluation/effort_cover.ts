import { effortSpans } from "../../pipeline/calls/mod.ts";
import type { Span } from "./event.ts";
import type { ScoreRun } from "./second_items.ts";
import { unionSpans } from "./spans.ts";

/**
 * The time that scores speak for: seconds with a score, shifted to the centre of what they hear.
 *
 * @param runs Scores.
 * @param shiftMs How far the centre of what a bin hears is from the bin's own.
 * @returns Ascending spans, apart from each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const run = { startMs: 0, scores: Float64Array.of(0.1, NaN, 0.2) };
 * assert.deepEqual(effortCover([run], 456)[1], { startMs: 2456, stopMs: 3456 });
 * ```
 */
export function effortCover(runs: readonly ScoreRun[], shiftMs: number): Span[] {
  return unionSpans(
    runs.flatMap(({ startMs, scores }) =>
      effortSpans(scores).map(({ start, stop }) => ({
        startMs: startMs + start * 1000 + shiftMs,
        stopMs: startMs + stop * 1000 + shiftMs,
      }))
    ),
  );
}
