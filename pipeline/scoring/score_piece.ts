import { DeadSpanFinder, type Resampler, type SampleSpan } from "../audio/mod.ts";
import {
  type Detector,
  type FrontEnd,
  type Recipe,
  samplesOf,
  type StartedFrontEnd,
} from "../detector/mod.ts";
import type { RunReader } from "../timeline/mod.ts";
import type { BatchScorer } from "./batch_scorer.ts";
import { DEAD_SECONDS, isDeadWindow, windowFrames } from "./dead_windows.ts";
import type { LostSpans } from "./heard_audio.ts";
import type { Piece } from "./piece.ts";
import { PieceAudio } from "./piece_audio.ts";

/** Audio dealt with at a time, less where the recording's rate is high. */
const MOST_CHUNK_SECONDS = 30;
/** Samples of a recording held at a time, about. */
const CHUNK_SAMPLES = 1 << 20;

/** What a piece is scored with. */
export interface PieceContext {
  detector: Detector;
  recipe: Recipe;
  /** What `--gain` multiplies the audio by. */
  gain: number;
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
 * @param context What with.
 * @param batches Takes the windows.
 * @param onSkipped Told the bins whose window is not scored: it is of dead audio, or some of it is
 * lost.
 */
export async function scorePiece(
  piece: Piece,
  context: PieceContext,
  batches: BatchScorer,
  onSkipped: (bin: number, why: "dead" | "lost") => void,
): Promise<void> {
  const { detector, recipe } = context;
  const { windowFrames: length } = detector.frontEnd;
  const finder = recipe.skipsDeadAudio ? makeFinder(piece) : undefined;
  const audio = openAudio(piece, context, finder);
  const windows = context.frontEnd.windows(recipe.pcenStarts, piece.frames.first);
  const chunks = chunksOf(piece, detector);
  const spans = chunks.map((chunk) => spanOf(piece, chunk, detector.frontEnd));
  audio.willRead(spans[0], spans[spans.length - 1]);
  let ahead = audio.read(spans[0]);
  let next = 0;
  for (let i = 0; i < chunks.length; i++) {
    const samples = await ahead;
    context.signal?.throwIfAborted();
    if (i + 1 < chunks.length) {
      ahead = audio.read(spans[i + 1]);
      ahead.catch(() => {}); // it is thrown where it is awaited, in the next round
    }
    windows.push(samples, piece.windowStarts[next]);
    while (next < piece.bins.length && piece.windowStarts[next] + length <= chunks[i].stop) {
      const start = piece.windowStarts[next];
      const bin = piece.bins[next++];
      const { first, stop } = windowFrames(piece, start, detector);
      if (context.lost.touch(first, stop)) onSkipped(bin, "lost");
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
  { recipe, gain, resampler, reader }: PieceContext,
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

/** The piece's frames, cut so that a chunk's samples stay few. */
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
