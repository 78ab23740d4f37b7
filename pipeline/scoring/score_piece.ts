import { DeadSpanFinder, type Resampler, type SampleSpan } from "../audio/mod.ts";
import {
  type Detector,
  type FrontEnd,
  type Method,
  samplesOf,
  type StartedFrontEnd,
} from "../detector/mod.ts";
import type { RunReader } from "../timeline/mod.ts";
import type { BatchScorer } from "./batch_scorer.ts";
import type { LostSpans } from "./heard_audio.ts";
import { DEAD_SECONDS, isDeadWindow, type Piece, windowFrames } from "./piece.ts";

/** Audio dealt with at a time, less where the recording's rate is high. */
const MOST_CHUNK_SECONDS = 30;
/** Samples of a recording held at a time, about. */
const CHUNK_SAMPLES = 1 << 20;

/** The tools that a piece is scored with. */
interface PieceTools {
  /** The detector's front end at work. */
  frontEnd: StartedFrontEnd;
  resampler: Resampler;
  reader: RunReader;
  /** What the reader could not have. */
  lost: LostSpans;
  /** Aborts between two chunks. */
  signal?: AbortSignal | undefined;
}

/**
 * Scores a piece: reads its audio chunk by chunk, one chunk ahead, and hands its windows to the
 * network.
 *
 * @param piece What to score.
 * @param method How.
 * @param tools What with.
 * @param batches Takes the windows.
 * @param onSkipped Told the bins whose window is not scored: it is of dead audio, or some of it is
 * lost.
 */
export async function scorePiece(
  piece: Piece,
  method: Method,
  tools: PieceTools,
  batches: BatchScorer,
  onSkipped: (bin: number, why: "dead" | "lost") => void,
): Promise<void> {
  const { detector, recipe } = method;
  const { windowFrames: length } = detector.frontEnd;
  const finder = recipe.skipsDeadAudio ? makeFinder(piece) : undefined;
  const audio = openAudio(piece, method, tools, finder);
  const windows = tools.frontEnd.windows(recipe.pcenStarts, piece.frames.first);
  const chunks = chunksOf(piece, detector);
  const spans = chunks.map((chunk) => spanOf(piece, chunk, detector.frontEnd));
  audio.willRead(spans[0], spans[spans.length - 1]);
  let ahead = audio.read(spans[0]);
  let next = 0;
  for (let i = 0; i < chunks.length; i++) {
    const samples = await ahead;
    tools.signal?.throwIfAborted();
    if (i + 1 < chunks.length) {
      ahead = audio.read(spans[i + 1]);
      ahead.catch(() => {}); // it is thrown where it is awaited, in the next round
    }
    windows.push(samples, piece.windowStarts[next]);
    while (next < piece.bins.length && piece.windowStarts[next] + length <= chunks[i].stop) {
      const start = piece.windowStarts[next];
      const bin = piece.bins[next++];
      const { first, stop } = windowFrames(piece, start, detector);
      if (tools.lost.touch(first, stop)) onSkipped(bin, "lost");
      else if (finder && isDeadWindow(piece, start, finder, detector)) onSkipped(bin, "dead");
      else await batches.add(bin, (target, at) => windows.write(start, target, at));
    }
  }
}

function makeFinder(piece: Piece): DeadSpanFinder {
  return new DeadSpanFinder(Math.ceil(piece.run.sampleRateHz * DEAD_SECONDS));
}

function openAudio(
  piece: Piece,
  { recipe, gain }: Method,
  { resampler, reader }: PieceTools,
  finder: DeadSpanFinder | undefined,
): PieceAudio {
  const { sampleRateHz } = piece.run;
  return new PieceAudio({
    piece,
    reader,
    resampler,
    gain: gain * recipe.audioGain(sampleRateHz),
    deadSpans: finder && { finder, marginFrames: Math.ceil(sampleRateHz * DEAD_SECONDS) },
  });
}

/** Cuts the piece's frames so that a chunk's samples stay few. */
function chunksOf(
  piece: Piece,
  { frontEnd, sampleRateHz }: Detector,
): { first: number; stop: number }[] {
  const { first, stop } = piece.frames;
  const seconds = Math.min(MOST_CHUNK_SECONDS, CHUNK_SAMPLES / piece.run.sampleRateHz);
  const size = Math.max(1, Math.floor(seconds * sampleRateHz / frontEnd.hopSamples));
  const chunks = [];
  for (let at = first; at < stop; at += size) {
    chunks.push({ first: at, stop: Math.min(at + size, stop) });
  }
  return chunks;
}

function spanOf(
  piece: Piece,
  { first, stop }: { first: number; stop: number },
  frontEnd: FrontEnd,
): SampleSpan {
  const start = piece.firstSample + first * frontEnd.hopSamples;
  return { start, count: samplesOf(frontEnd, stop - first) };
}

/** What a piece's audio is read with. */
interface PieceAudioOptions {
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
