import { checkLength } from "./check_length.ts";
import type { Edges } from "./edges.ts";
import { effortSpans } from "./effort_spans.ts";
import { RunningMedian } from "./running_median.ts";

/**
 * Running median over continuous effort. At an edge the window shrinks to what lies inside (the
 * median of those values, the mean of the middle two where their number is even), or finds zeros,
 * mirrored values or the end value there (`Edges`). A bin without effort stays without, and no
 * window reaches across it.
 *
 * @param scores One score a bin, NaN without effort.
 * @param length Bins of the window, odd, ≥ 1; 25 as the Monterey Bay Aquarium Research Institute
 * shows its humpback scores (pacific-sound-notebooks).
 * @param edges What the window finds beyond the ends of effort.
 * @returns The filtered scores, as many.
 * @throws {RangeError} Where the length is not an odd number ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const filtered = medianFilter([0, 1, 0, 0, NaN, 1], 3);
 * assert(filtered[1] === 0 && filtered[0] === 0.5 && filtered[5] === 1);
 * ```
 */
export function medianFilter(
  scores: ArrayLike<number>,
  length: number = 25,
  edges: Edges = "shrink",
): Float64Array {
  checkLength(length);
  const all = Float64Array.from(scores);
  const filtered = new Float64Array(scores.length).fill(NaN);
  for (const { start, stop } of effortSpans(all)) {
    const stretch = { values: all.subarray(start, stop), begins: true, ends: true };
    const median = new RunningMedian(stretch, length, edges);
    for (let bin = start; bin < stop; bin++) filtered[bin] = median.at(bin - start);
  }
  return filtered;
}
