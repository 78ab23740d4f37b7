/** How often two detections of the same cells agree. */
export interface CrossCounts {
  both: number;
  firstOnly: number;
  secondOnly: number;
  neither: number;
}

/**
 * Counts how two detections of the same cells fall together. A cell that either has no effort in is
 * left out.
 *
 * @param first One value a cell: positive from `firstThreshold` on; NaN without effort.
 * @param second The same of the second.
 * @param thresholds From which value on each is positive; 0.5 by default.
 * @returns The four counts.
 * @throws {RangeError} Where the two differ in length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const counts = crossCounts([0.9, 0.9, 0.1, NaN], [0.9, 0.1, 0.1, 0.9]);
 * assert.deepEqual(counts, { both: 1, firstOnly: 1, secondOnly: 0, neither: 1 });
 * ```
 */
export function crossCounts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  thresholds: { first: number; second: number } = { first: 0.5, second: 0.5 },
): CrossCounts {
  if (first.length !== second.length) {
    throw new RangeError(`Cannot compare ${first.length} cells with ${second.length}`);
  }
  const counts: CrossCounts = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
  for (let cell = 0; cell < first.length; cell++) {
    if (Number.isNaN(first[cell]) || Number.isNaN(second[cell])) continue;
    const [a, b] = [first[cell] >= thresholds.first, second[cell] >= thresholds.second];
    counts[a ? (b ? "both" : "firstOnly") : b ? "secondOnly" : "neither"]++;
  }
  return counts;
}
