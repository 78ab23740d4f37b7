import { type Edges, type FilterSpan, withEdges } from "./edges.ts";
import { effortSpans } from "./positive_bins.ts";

/**
 * Computes the running median over continuous effort. At an edge the window shrinks to what lies
 * inside (the median of those values, the mean of the middle two where their number is even), or
 * finds zeros, mirrored values or the end value there (`Edges`). A bin without effort stays
 * without, and no window reaches across it.
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

/**
 * Marks where a stretch's running median is at or above a threshold, by counting: of an odd number
 * of values the median is where more than half of them are (13 of 25). Of an even number, which
 * only a window that shrinks at an edge has, exactly half leaves it open, and the median itself
 * decides.
 *
 * @param stretch The values, and which of their ends are ends of effort.
 * @param length Bins of the window, odd, ≥ 1.
 * @param edges What the window finds beyond the ends of effort.
 * @param threshold The least median.
 * @param from First of the stretch's values to decide on.
 * @param to The one after the last.
 * @returns `[to − from]`, 1 where the median is at or above it.
 */
export function medianAtLeast(
  stretch: FilterSpan,
  length: number,
  edges: Edges,
  threshold: number,
  from: number = 0,
  to: number = stretch.values.length,
): Uint8Array {
  const half = (length - 1) / 2;
  const { padded, before } = withEdges(stretch, half, edges);
  const decided = new Uint8Array(to - from);
  let [first, stop, count] = [0, 0, 0];
  for (let index = from; index < to; index++) {
    const wantedFirst = Math.max(0, index + before - half);
    const wantedStop = Math.min(padded.length, index + before + half + 1);
    if (index === from) first = stop = wantedFirst;
    while (stop < wantedStop) if (padded[stop++] >= threshold) count++;
    while (first < wantedFirst) if (padded[first++] >= threshold) count--;
    const twice = 2 * count - (stop - first);
    const open = twice === 0;
    decided[index - from] = twice > 0 ||
        (open && new RunningMedian(stretch, length, edges).at(index) >= threshold)
      ? 1
      : 0;
  }
  return decided;
}

/**
 * Computes running medians of a stretch, one by one as they are asked for: the sum of the work is
 * least where bins are asked for in their order.
 */
export class RunningMedian {
  readonly #half: number;
  readonly #sorted: SortedWindow;
  readonly #padded: Float64Array;
  readonly #before: number;
  /** Range of padded values that the sorted window holds, `[first, stop)`. */
  #first = 0;
  #stop = 0;

  /**
   * @param stretch The values, and which of their ends are ends of effort.
   * @param length Bins of the window, odd, ≥ 1.
   * @param edges What the window finds beyond the ends of effort.
   */
  constructor(stretch: FilterSpan, length: number, edges: Edges) {
    this.#half = (length - 1) / 2;
    this.#sorted = new SortedWindow(length);
    const { padded, before } = withEdges(stretch, this.#half, edges);
    this.#padded = padded;
    this.#before = before;
  }

  /** Computes the median of the window around one of the stretch's values. */
  at(index: number): number {
    const [padded, sorted] = [this.#padded, this.#sorted];
    const first = Math.max(0, index + this.#before - this.#half);
    const stop = Math.min(padded.length, index + this.#before + this.#half + 1);
    if (first < this.#first || stop < this.#stop || first >= this.#stop) {
      sorted.clear();
      this.#first = this.#stop = first;
    }
    while (this.#first < first) sorted.remove(padded[this.#first++]);
    while (this.#stop < stop) sorted.add(padded[this.#stop++]);
    return sorted.median();
  }
}

/** Keeps a window's values in order; short, so that moving them is quicker than any tree. */
class SortedWindow {
  readonly #values: Float64Array;
  #size = 0;

  /** @param length Values that it holds at most. */
  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  /** Puts a value in. */
  add(value: number): void {
    let at = this.#size++;
    for (; at > 0 && this.#values[at - 1] > value; at--) this.#values[at] = this.#values[at - 1];
    this.#values[at] = value;
  }

  /** Takes a value out that is in it. */
  remove(value: number): void {
    let at = 0;
    while (this.#values[at] !== value) at++;
    this.#size--;
    for (; at < this.#size; at++) this.#values[at] = this.#values[at + 1];
  }

  /** Takes everything out. */
  clear(): void {
    this.#size = 0;
  }

  /** Gives the middle value; the mean of the middle two where their number is even. */
  median(): number {
    const middle = this.#size >> 1;
    const upper = this.#values[middle];
    return this.#size % 2 === 1 ? upper : (this.#values[middle - 1] + upper) / 2;
  }
}

/**
 * Checks the length of a filter's window.
 *
 * @param length Bins.
 * @throws {RangeError} Where it is not an odd number ≥ 1.
 */
export function checkLength(length: number): void {
  if (!(length >= 1) || length % 2 !== 1) {
    throw new RangeError(`Cannot filter with a window that is not odd and ≥ 1: ${length} bins`);
  }
}
