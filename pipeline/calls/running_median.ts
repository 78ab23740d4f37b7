import { type Edges, type FilterSpan, withEdges } from "./edges.ts";
import { SortedWindow } from "./sorted_window.ts";

/**
 * Running medians of a stretch, one by one as they are asked for: the sum of the work is least where
 * bins are asked for in their order.
 */
export class RunningMedian {
  readonly #half: number;
  readonly #sorted: SortedWindow;
  readonly #padded: Float64Array;
  readonly #before: number;
  /** What the sorted window holds, `[first, stop)` of the padded values. */
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

  /** The median of the window around one of the stretch's values. */
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
