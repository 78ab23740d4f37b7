import { effortSpans } from "./effort_spans.ts";

/**
 * Running median over continuous effort. At an edge the window shrinks to what lies inside: the
 * median of those values, the mean of the middle two where their number is even. A bin without
 * effort stays without, and no window reaches across it.
 *
 * @param scores One score a bin, NaN without effort.
 * @param length Bins of the window, odd, ≥ 1; 25 as the Monterey Bay Aquarium Research Institute
 * shows its humpback scores (pacific-sound-notebooks).
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
export function medianFilter(scores: ArrayLike<number>, length: number = 25): Float64Array {
  if (!(length >= 1) || length % 2 !== 1) {
    throw new RangeError(`Cannot filter with a window that is not odd and ≥ 1: ${length} bins`);
  }
  const filtered = new Float64Array(scores.length).fill(NaN);
  const half = (length - 1) / 2;
  for (const { start, stop } of effortSpans(scores)) {
    const sorted = new SortedWindow(length);
    for (let bin = start; bin < Math.min(stop, start + half); bin++) sorted.add(scores[bin]);
    for (let bin = start; bin < stop; bin++) {
      if (bin + half < stop) sorted.add(scores[bin + half]);
      if (bin - half - 1 >= start) sorted.remove(scores[bin - half - 1]);
      filtered[bin] = sorted.median();
    }
  }
  return filtered;
}

/** The window's values in order; short, so that moving them is quicker than any tree. */
class SortedWindow {
  readonly #values: Float64Array;
  #size = 0;

  constructor(length: number) {
    this.#values = new Float64Array(length + 1);
  }

  add(value: number): void {
    let at = this.#size++;
    for (; at > 0 && this.#values[at - 1] > value; at--) this.#values[at] = this.#values[at - 1];
    this.#values[at] = value;
  }

  remove(value: number): void {
    const at = this.#values.indexOf(value);
    this.#values.copyWithin(at, at + 1, this.#size--);
  }

  median(): number {
    const middle = this.#size >> 1;
    const upper = this.#values[middle];
    return this.#size % 2 === 1 ? upper : (this.#values[middle - 1] + upper) / 2;
  }
}
