import type { Detector } from "../detector/detector.ts";
import {
  DETECTOR_SAMPLE_RATE_HZ,
  HOP_SAMPLES,
  type MelSpectrogram,
  samplesOfFrames,
  WINDOW_FRAMES,
} from "../detector/front_end/mod.ts";
import type { Recipe } from "../detector/recipes/mod.ts";
import {
  DeadSpanFinder,
  type Resampler,
  type RunReader,
  type SampleSpan,
} from "../recording/mod.ts";
import type { BatchScorer } from "./batch_scorer.ts";
import { DEAD_SECONDS, isDeadWindow } from "./dead_windows.ts";
import { MelWindows } from "./mel_windows.ts";
import type { Piece } from "./piece.ts";
import { PieceAudio } from "./piece_audio.ts";

/** Mel frames computed at a time (30 s), fewer where the recording's rate is high. */
const MOST_CHUNK_FRAMES = 1000;
/** Samples of a recording held at a time, about. */
const CHUNK_SAMPLES = 1 << 20;

/** What a piece is scored with. */
export interface PieceContext {
  detector: Detector;
  recipe: Recipe;
  /** What `--gain` multiplies the audio by. */
  gain: number;
  melSpectrogram: MelSpectrogram;
  resampler: Resampler;
  reader: RunReader;
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
 * @param onDead Told the bins whose window is of dead audio.
 */
export async function scorePiece(
  piece: Piece,
  context: PieceContext,
  batches: BatchScorer,
  onDead: (bin: number) => void,
): Promise<void> {
  const { detector, recipe, melSpectrogram } = context;
  const finder = recipe.skipsDeadAudio ? makeFinder(piece) : undefined;
  const audio = openAudio(piece, context, finder);
  const windows = new MelWindows(detector.pcen, recipe.pcenStarts, piece.melFrames.first);
  const chunks = chunksOf(piece);
  audio.willRead(spanOf(piece, chunks[0]), spanOf(piece, chunks.at(-1)!));
  let ahead = audio.read(spanOf(piece, chunks[0]));
  let next = 0;
  for (let i = 0; i < chunks.length; i++) {
    const samples = await ahead;
    context.signal?.throwIfAborted();
    if (i + 1 < chunks.length) {
      ahead = audio.read(spanOf(piece, chunks[i + 1]));
      ahead.catch(() => {}); // it is thrown where it is awaited, in the next round
    }
    windows.push(melSpectrogram.frames(samples), piece.windowStarts[next]);
    while (next < piece.bins.length && piece.windowStarts[next] + WINDOW_FRAMES <= chunks[i].stop) {
      const start = piece.windowStarts[next];
      const bin = piece.bins[next++];
      if (finder && isDeadWindow(piece, start, finder, detector.sampleRateHz)) onDead(bin);
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

/** The piece's mel frames, cut so that a chunk's samples stay few. */
function chunksOf(piece: Piece): { first: number; stop: number }[] {
  const { first, stop } = piece.melFrames;
  const framesPerSecond = DETECTOR_SAMPLE_RATE_HZ / HOP_SAMPLES;
  const fitting = Math.floor(CHUNK_SAMPLES / piece.run.sampleRateHz * framesPerSecond);
  const size = Math.max(1, Math.min(MOST_CHUNK_FRAMES, fitting));
  const chunks = [];
  for (let at = first; at < stop; at += size) {
    chunks.push({ first: at, stop: Math.min(at + size, stop) });
  }
  return chunks;
}

function spanOf(piece: Piece, { first, stop }: { first: number; stop: number }): SampleSpan {
  const start = piece.firstSample + first * HOP_SAMPLES;
  return { start, count: samplesOfFrames(stop - first) };
}
