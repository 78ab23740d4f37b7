import { effortSpans, positiveBins } from "./positive_bins.ts";

/** Rules by which positive bins join into bouts. */
export interface BinBoutOptions {
  /** A bin is positive from this filtered score on, 0 to 1. */
  threshold: number;
  /** Filtered score down to which bins stay positive, with hysteresis, once they are (≤ `threshold`). */
  off?: number | undefined;
  /** Runs of non-positive bins up to this length are joined over, in bins (seconds). */
  gap: number;
  /** Bouts shorter than this are dropped, in bins (seconds). */
  min: number;
}

/** A stretch of calling: bins `[start, stop)`. */
export interface BinBout {
  start: number;
  stop: number;
  /** Bins of it that are positive. */
  positive: number;
  /** Highest filtered score, and its first bin. */
  peak: number;
  peakBin: number;
  /** Mean of the filtered scores of all its bins. */
  mean: number;
  /** Whether it touches a bin without effort, or the end of the scores. */
  atGap: boolean;
}

/**
 * Bouts of calling over continuous effort. Positive bins (`positiveBins`) join where the run of
 * others between them is ≤ `gap`; then bouts shorter than `min` are dropped.
 *
 * @param filtered One filtered score a bin, NaN without effort.
 * @param options Threshold, gap and least length.
 * @returns The bouts, ascending.
 * @throws {RangeError} Where `off` is above the threshold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [bout] = findBinBouts([0, 0.9, 0.2, 0.7, 0], { threshold: 0.5, gap: 1, min: 3 });
 * assert(bout.start === 1 && bout.stop === 4 && bout.positive === 2);
 * ```
 */
export function findBinBouts(filtered: ArrayLike<number>, options: BinBoutOptions): BinBout[] {
  const positive = positiveBins(filtered, options.threshold, options.off);
  const bouts: BinBout[] = [];
  const builder = new BoutBuilder(options, { onBout: (bout) => bouts.push(bout) });
  for (const { start, stop } of effortSpans(filtered)) {
    builder.beginSpan(start);
    for (let bin = start; bin < stop; bin++) builder.step(bin, filtered[bin], positive[bin] === 1);
    builder.endSpan(stop);
  }
  return bouts;
}

/** Rules by which positive bins join, in bins (seconds). */
export interface Joining {
  /** Runs of non-positive bins up to this length are joined over, ≥ 0. */
  gap: number;
  /** Bouts shorter than this are dropped, ≥ 0. */
  min: number;
}

/** Hears what is found, each kind in the order of time. */
export interface BinBoutSink {
  /** A bout that is whole. */
  onBout?(bout: BinBout): void;
  /** First bin of a bout, as soon as it is known that it will not be dropped. */
  onBoutStart?(start: number): void;
}

/** Joins the positive bins of one span of continuous effort after another into bouts. */
export class BoutBuilder {
  readonly #joining: Joining;
  readonly #sink: BinBoutSink;
  #bout: BinBout | undefined;
  #spanStart = 0;
  /** Sum of the filtered scores from the bout's start up to the bin in hand, and up to its stop. */
  #sum = 0;
  #sumAtStop = 0;
  #told = false;

  constructor(joining: Joining, sink: BinBoutSink) {
    this.#joining = joining;
    this.#sink = sink;
  }

  /** Whether a bout is open that may still grow: then every bin must be told. */
  get open(): boolean {
    return this.#bout !== undefined;
  }

  /** First bin of a bout that may still be dropped; nothing where there is none. */
  get undecidedStart(): number | undefined {
    return this.#told ? undefined : this.#bout?.start;
  }

  /** Begins a span of effort. */
  beginSpan(bin: number): void {
    this.#spanStart = bin;
  }

  /** Takes the bins of a span in their order; non-positive ones may be left out while not open. */
  step(bin: number, filtered: number, positive: boolean): void {
    let bout = this.#bout;
    if (!bout) {
      if (!positive) return;
      const atGap = bin === this.#spanStart;
      bout = { start: bin, stop: bin, positive: 0, peak: -Infinity, peakBin: bin, mean: 0, atGap };
      this.#bout = bout;
      this.#sum = 0;
      this.#told = false;
    }
    this.#sum += filtered;
    if (positive) this.#extend(bout, bin, filtered);
    else if (bin + 1 - bout.stop > this.#joining.gap) this.#close(bout);
  }

  /** Ends a span of effort before a bin. */
  endSpan(bin: number): void {
    if (!this.#bout) return;
    if (this.#bout.stop === bin) this.#bout.atGap = true;
    this.#close(this.#bout);
  }

  #extend(bout: BinBout, bin: number, filtered: number): void {
    bout.stop = bin + 1;
    bout.positive++;
    this.#sumAtStop = this.#sum;
    if (filtered > bout.peak) [bout.peak, bout.peakBin] = [filtered, bin];
    if (this.#told || bout.stop - bout.start < this.#joining.min) return;
    this.#told = true;
    this.#sink.onBoutStart?.(bout.start);
  }

  #close(bout: BinBout): void {
    this.#bout = undefined;
    if (bout.stop - bout.start < this.#joining.min) return;
    bout.mean = this.#sumAtStop / (bout.stop - bout.start);
    this.#sink.onBout?.(bout);
  }
}
