import type { DeadSpanFinder, Resampler, SampleSpan } from "../audio/mod.ts";
import type { RunReader } from "../timeline/mod.ts";
import type { Piece } from "./piece.ts";

/** What a piece's audio is read with. */
export interface PieceAudioOptions {
  /** The part of the run that may be heard. */
  piece: Pick<Piece, "originFrame" | "stopFrame">;
  reader: RunReader;
  resampler: Resampler;
  /** What samples are multiplied by after resampling. */
  gain: number;
  /** Is shown each sample of the recording once, and `marginFrames` more on both sides. */
  deadSpans?: { finder: DeadSpanFinder; marginFrames: number } | undefined;
}

/**
 * A piece's audio at the detector's rate, read forwards: each sample of the recording is read
 * once, and no more is held than one span needs.
 */
export class PieceAudio {
  readonly #options: PieceAudioOptions;
  /** Samples read last, from run frame `#start`. */
  #samples = new Float32Array(0);
  #start = 0;

  constructor(options: PieceAudioOptions) {
    this.#options = options;
  }

  /**
   * Says which spans will be read, so that what lies far away can be fetched ahead.
   *
   * @param first The first span.
   * @param last The last span.
   */
  willRead(first: SampleSpan, last: SampleSpan): void {
    const { piece, reader, resampler, deadSpans } = this.#options;
    const margin = deadSpans?.marginFrames ?? 0;
    const from = piece.originFrame + resampler.inputSpan(first).start - margin;
    const { start, count } = resampler.inputSpan(last);
    const stop = piece.originFrame + start + count + margin;
    reader.willRead(Math.max(piece.originFrame, from), Math.min(stop, piece.stopFrame));
  }

  /**
   * @param span Samples at the detector's rate from the piece's origin; spans ascend.
   * @returns `span.count` samples; silence where the piece has none.
   */
  async read(span: SampleSpan): Promise<Float32Array> {
    const { piece, resampler, gain } = this.#options;
    const needed = resampler.inputSpan(span);
    const from = piece.originFrame + needed.start;
    await this.#fill(from, from + needed.count);
    const input = new Float32Array(needed.count);
    const first = Math.max(from, this.#start);
    const stop = Math.min(from + needed.count, this.#start + this.#samples.length);
    if (stop > first) {
      input.set(this.#samples.subarray(first - this.#start, stop - this.#start), first - from);
    }
    const samples = resampler.process(input, span);
    if (gain !== 1) { for (let i = 0; i < samples.length; i++) samples[i] *= gain; }
    return samples;
  }

  /** Brings `#samples` to cover `[from, stop)`, reading on from where it ends. */
  async #fill(from: number, stop: number): Promise<void> {
    const { piece, reader, deadSpans } = this.#options;
    const margin = deadSpans?.marginFrames ?? 0;
    const clip = (frame: number): number =>
      Math.max(piece.originFrame, Math.min(frame, piece.stopFrame));
    const fresh = this.#samples.length === 0;
    const heldStop = this.#start + this.#samples.length;
    const first = fresh
      ? clip(from - margin)
      : Math.min(Math.max(this.#start, clip(from)), heldStop);
    const readFrom = fresh ? first : heldStop;
    const readStop = Math.max(readFrom, clip(stop + margin));
    const held = fresh ? this.#samples : this.#samples.subarray(first - this.#start);
    const read = await reader.read(readFrom, readStop - readFrom);
    if (read.length > 0) deadSpans?.finder.push(read, readFrom);
    if (readStop === piece.stopFrame) deadSpans?.finder.finish();
    const samples = new Float32Array(held.length + read.length);
    samples.set(held);
    samples.set(read, held.length);
    this.#samples = samples;
    this.#start = first;
  }
}
