import { type BinBoutOptions, type BinBoutSink, BoutBuilder } from "./bouts.ts";
import type { Edges, FilterSpan } from "./edges.ts";
import { checkLength, medianAtLeast, RunningMedian } from "./median_filter.ts";
import { checkThresholds, effortSpans } from "./positive_bins.ts";

/** Rules by which scores become bouts. */
export interface BoutOptions extends BinBoutOptions {
  /** Bins (seconds) of the median filter's window, odd, ≥ 1. */
  median: number;
  /** Values that its window finds beyond the ends of effort; `shrink` by default. */
  edges?: Edges | undefined;
  /** Turns a filtered score into what is compared with the threshold; rising, 0 to 1. */
  calibrate?: ((filtered: number) => number) | undefined;
}

/** Hears what is found; spans of bins `[start, stop)`, each kind in the order of time. */
export interface BoutSink extends BinBoutSink {
  /** Bins with effort. */
  onEffort?(start: number, stop: number): void;
  /** Positive bins. */
  onPositive?(start: number, stop: number): void;
}

/**
 * Finds bouts in scores that come in pieces, such as hour after hour, by median filter, threshold
 * and bouts. What it holds is bounded by a piece and the filter's window, and what it finds is, bit
 * for bit, what `findBinBouts(medianFilter(all))` finds.
 */
export class BoutFinder {
  readonly #options: { threshold: number; off: number; median: number; edges: Edges };
  readonly #calibrate: ((filtered: number) => number) | undefined;
  readonly #sink: BoutSink;
  readonly #bouts: BoutBuilder;
  readonly #half: number;
  /** Room for scores, and how many of the span in hand it holds; the first is bin `#start`. */
  #room = new Float64Array(0);
  #length = 0;
  #start = NaN;
  /** Whether the span began at `#start`. */
  #begins = false;
  /** The next bin to decide on, and the next to come. */
  #decided = NaN;
  #next = NaN;
  #on = false;

  /**
   * @param options How scores become bouts.
   * @param sink Told what is found.
   * @throws {RangeError} Where the window is not odd, or `off` is above the threshold.
   */
  constructor(options: BoutOptions, sink: BoutSink) {
    const { threshold, off = threshold, median, edges = "shrink", calibrate } = options;
    checkLength(median);
    checkThresholds(threshold, off);
    this.#options = { threshold, off, median, edges };
    this.#calibrate = calibrate;
    this.#sink = sink;
    this.#bouts = new BoutBuilder(options, sink);
    this.#half = (median - 1) / 2;
  }

  /** First bin that is not decided for good: nothing of those before it will be told any more. */
  get settled(): number {
    const decided = this.#length > 0 ? this.#decided : this.#next;
    return Math.min(decided, this.#bouts.undecidedStart ?? Infinity);
  }

  /**
   * Takes the next scores; bins between those before and these are without effort.
   *
   * @param start Bin of the first, an integer, not before the end of those before.
   * @param scores One a bin, NaN without effort.
   * @throws {RangeError} Where they are not in the order of time.
   */
  push(start: number, scores: Float64Array): void {
    if (start < this.#next) {
      throw new RangeError(`Cannot take scores of bin ${start} after those up to ${this.#next}`);
    }
    if (start !== this.#next) this.#endSpan();
    for (const span of effortSpans(scores)) {
      if (span.start > 0) this.#endSpan();
      this.#add(start + span.start, scores.subarray(span.start, span.stop));
      if (span.stop < scores.length) this.#endSpan();
    }
    if (scores.length > 0 && Number.isNaN(scores[scores.length - 1])) this.#endSpan();
    this.#next = start + scores.length;
  }

  /** Ends the scores: what is open ends here. */
  finish(): void {
    this.#endSpan();
  }

  #add(start: number, scores: Float64Array): void {
    if (this.#length === 0) {
      [this.#start, this.#decided, this.#begins] = [start, start, true];
      this.#bouts.beginSpan(start);
    }
    const length = this.#length + scores.length;
    if (length > this.#room.length) {
      const room = new Float64Array(length);
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    this.#room.set(scores, this.#length);
    this.#length = length;
    this.#decide(start + scores.length - this.#half, false);
    // What the next windows reach back to; mirrored edges look back a whole window from the end.
    const needless = Math.min(
      this.#decided - this.#half - this.#start,
      length - this.#options.median,
    );
    if (needless <= 0) return;
    this.#room.copyWithin(0, needless, length);
    this.#length -= needless;
    this.#start += needless;
    this.#begins = false;
  }

  #endSpan(): void {
    if (this.#length === 0) return;
    const stop = this.#start + this.#length;
    this.#decide(stop, true);
    this.#bouts.endSpan(stop);
    this.#length = 0;
    this.#on = false;
  }

  /** Decides on bins up to one. */
  #decide(to: number, ends: boolean): void {
    const from = this.#decided;
    if (to <= from) return;
    this.#decided = to;
    this.#sink.onEffort?.(from, to);
    const values = this.#room.subarray(0, this.#length);
    const stretch = { values, begins: this.#begins, ends };
    const { median, edges } = this.#options;
    const medians = new RunningMedian(stretch, median, edges);
    const calibrate = this.#calibrate;
    const valueAt = (bin: number): number => {
      const value = medians.at(bin - this.#start);
      return calibrate ? calibrate(value) : value;
    };
    const positive = this.#positive(stretch, from, to, valueAt);
    let run = NaN;
    for (let bin = from; bin < to; bin++) {
      const isPositive = positive[bin - from] === 1;
      if (isPositive && Number.isNaN(run)) run = bin;
      if (!isPositive && !Number.isNaN(run)) {
        this.#sink.onPositive?.(run, bin);
        run = NaN;
      }
      if (isPositive || this.#bouts.open) this.#bouts.step(bin, valueAt(bin), isPositive);
    }
    if (!Number.isNaN(run)) this.#sink.onPositive?.(run, to);
  }

  /** Marks positive bins; the medians themselves are worked out only where counting won't do. */
  #positive(
    stretch: FilterSpan,
    from: number,
    to: number,
    valueAt: (bin: number) => number,
  ): Uint8Array {
    const { threshold, off, median, edges } = this.#options;
    if (!this.#calibrate && off === threshold) {
      return medianAtLeast(
        stretch,
        median,
        edges,
        threshold,
        from - this.#start,
        to - this.#start,
      );
    }
    const positive = new Uint8Array(to - from);
    for (let bin = from; bin < to; bin++) {
      this.#on = valueAt(bin) >= (this.#on ? off : threshold);
      if (this.#on) positive[bin - from] = 1;
    }
    return positive;
  }
}
