import type { Bout } from "./bouts.ts";

/** How positive bins join, in bins (seconds). */
export interface Joining {
  /** Runs of non-positive bins up to this length are joined over, ≥ 0. */
  gap: number;
  /** Bouts shorter than this are dropped, ≥ 0. */
  min: number;
}

/** Told what is found, each kind in the order of time. */
export interface BoutSink {
  /** A bout that is whole. */
  onBout?(bout: Bout): void;
  /** First bin of a bout, as soon as it is known that it will not be dropped. */
  onBoutStart?(start: number): void;
}

/** Joins the positive bins of one span of continuous effort after another into bouts. */
export class BoutBuilder {
  readonly #joining: Joining;
  readonly #sink: BoutSink;
  #bout: Bout | undefined;
  #spanStart = 0;
  /** Sum of the filtered scores from the bout's start up to the bin in hand, and up to its stop. */
  #sum = 0;
  #sumAtStop = 0;
  #told = false;

  constructor(joining: Joining, sink: BoutSink) {
    this.#joining = joining;
    this.#sink = sink;
  }

  /** Whether there is a bout that may still grow: then every bin must be told. */
  get open(): boolean {
    return this.#bout !== undefined;
  }

  /** First bin of a bout that may still be dropped; nothing where there is none. */
  get undecidedStart(): number | undefined {
    return this.#told ? undefined : this.#bout?.start;
  }

  /** Effort begins. */
  beginSpan(bin: number): void {
    this.#spanStart = bin;
  }

  /** Told the bins of a span in their order; non-positive ones may be left out while not open. */
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

  /** Effort ends before a bin. */
  endSpan(bin: number): void {
    if (!this.#bout) return;
    if (this.#bout.stop === bin) this.#bout.atGap = true;
    this.#close(this.#bout);
  }

  #extend(bout: Bout, bin: number, filtered: number): void {
    bout.stop = bin + 1;
    bout.positive++;
    this.#sumAtStop = this.#sum;
    if (filtered > bout.peak) [bout.peak, bout.peakBin] = [filtered, bin];
    if (this.#told || bout.stop - bout.start < this.#joining.min) return;
    this.#told = true;
    this.#sink.onBoutStart?.(bout.start);
  }

  #close(bout: Bout): void {
    this.#bout = undefined;
    if (bout.stop - bout.start < this.#joining.min) return;
    bout.mean = this.#sumAtStop / (bout.stop - bout.start);
    this.#sink.onBout?.(bout);
  }
}
