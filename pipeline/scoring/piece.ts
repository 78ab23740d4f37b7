import { HOUR_MS } from "../../core/mod.ts";
import type { DeadSpanFinder, Resampler } from "../audio/mod.ts";
import { type Detector, framesIn, type Recipe, samplesOf } from "../detector/mod.ts";
import { HOUR_BINS } from "../scores/mod.ts";
import { type Run, runStopMs } from "../timeline/mod.ts";

/** A stretch of one run that is scored in one go: which windows, and for which bins of the hour. */
export interface Piece {
  run: Run;
  /** The run's frame that output sample 0 of the resampler stands at. */
  originFrame: number;
  /** The run's frame after the last that may be heard; what lies outside counts as silence. */
  stopFrame: number;
  /** Resampled sample, from `originFrame`, at which frame 0 starts; may be negative. */
  firstSample: number;
  /** Bins of the hour, ascending. */
  bins: number[];
  /** First frame of each bin's window, ascending. */
  windowStarts: number[];
  /** Frames that the front end has to hear, `[first, stop)`. */
  frames: { first: number; stop: number };
}

type PieceDetector = Pick<Detector, "frontEnd" | "sampleRateHz">;

/**
 * Cuts an hour into the pieces that a recipe scores: one a run of continuous samples.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param run A run that may touch the hour.
 * @param recipe How windows are laid.
 * @param resampler From the run's rate to the detector's.
 * @param detector Whose windows.
 * @returns The piece, or nothing where no window is whole.
 */
export function cutPiece(
  hourMs: number,
  run: Run,
  recipe: Recipe,
  resampler: Resampler,
  detector: PieceDetector,
): Piece | undefined {
  const cut = recipe.clock === "utc" ? cutByClock : cutNominally;
  const piece = cut(hourMs, run, recipe, resampler, detector);
  return piece.bins.length > 0 ? piece : undefined;
}

/**
 * Bins whose window lies in the run, on the hour's own grid; filters hear the whole run. At a rate
 * that is no multiple of 1,000 Hz a window starts up to half a sample from where it should.
 */
function cutByClock(
  hourMs: number,
  run: Run,
  recipe: Recipe,
  resampler: Resampler,
  { frontEnd, sampleRateHz }: PieceDetector,
): Piece {
  const firstSample = Math.round(((hourMs - run.startMs) * sampleRateHz) / 1000);
  const length = resampler.outputLength(run.frames);
  const windowSamples = samplesOf(frontEnd, frontEnd.windowFrames);
  const bins: number[] = [];
  const windowStarts: number[] = [];
  const framesPerSecond = sampleRateHz / frontEnd.hopSamples;
  recipe.windowStarts(HOUR_BINS, Infinity, framesPerSecond).forEach((start, bin) => {
    const sample = firstSample + start * frontEnd.hopSamples;
    if (sample < 0 || sample + windowSamples > length) return;
    bins.push(bin);
    windowStarts.push(start);
  });
  return {
    run,
    originFrame: 0,
    stopFrame: run.frames,
    firstSample,
    bins,
    windowStarts,
    frames: {
      first: windowStarts[0] ?? 0,
      stop: (windowStarts.at(-1) ?? 0) + frontEnd.windowFrames,
    },
  };
}

/** Takes the run's share of the hour out, to be scored as audio of its own, from a whole second on. */
function cutNominally(
  hourMs: number,
  run: Run,
  recipe: Recipe,
  resampler: Resampler,
  { frontEnd, sampleRateHz }: PieceDetector,
): Piece {
  const startMs = Math.max(hourMs, Math.ceil(run.startMs / 1000) * 1000);
  const stopMs = Math.max(startMs, Math.min(hourMs + HOUR_MS, runStopMs(run)));
  const frameAt = (ms: number): number =>
    Math.min(run.frames, Math.ceil(((ms - run.startMs) * run.sampleRateHz) / 1000));
  const [originFrame, stopFrame] = [frameAt(startMs), frameAt(stopMs)];
  const frames = framesIn(frontEnd, resampler.outputLength(stopFrame - originFrame));
  const bins = Math.floor((stopMs - startMs) / 1000);
  const windowStarts = recipe.windowStarts(bins, frames, sampleRateHz / frontEnd.hopSamples);
  const firstBin = (startMs - hourMs) / 1000;
  return {
    run,
    originFrame,
    stopFrame,
    firstSample: 0,
    bins: windowStarts.map((_, i) => firstBin + i),
    windowStarts,
    frames: { first: 0, stop: (windowStarts.at(-1) ?? 0) + frontEnd.windowFrames },
  };
}

/** A run of identical samples counts as dead from this length on. */
export const DEAD_SECONDS = 0.1;
/** A window with more of it than this share has no effort. */
const MOST_DEAD_SHARE = 0.1;

/**
 * Finds what a window hears.
 *
 * @param piece What is scored.
 * @param windowStart First frame of the window, as the front end counts them.
 * @param detector Its front end lays the window.
 * @returns Frames of the piece's run, which need not be whole: the first, the one after the window's
 * onset, and the one after its last.
 */
export function windowFrames(
  piece: Pick<Piece, "firstSample" | "originFrame" | "run">,
  windowStart: number,
  { frontEnd, sampleRateHz }: Pick<Detector, "frontEnd" | "sampleRateHz">,
): { first: number; onset: number; stop: number } {
  const first = piece.firstSample + windowStart * frontEnd.hopSamples;
  const frameAt = (sample: number): number =>
    piece.originFrame + (sample * piece.run.sampleRateHz) / sampleRateHz;
  return {
    first: frameAt(first),
    onset: frameAt(first + frontEnd.onsetSamples),
    stop: frameAt(first + samplesOf(frontEnd, frontEnd.windowFrames)),
  };
}

/**
 * Tells whether a window is of dead audio: a run of 100 ms or more of identical samples touches its onset
 * (its first spectrogram frame, which PCEN starts from and would ring with for a second; of a
 * waveform the first 100 ms), or such runs fill more than 10 % of it.
 *
 * @param piece What is scored.
 * @param windowStart First frame of the window.
 * @param finder Has seen the window's samples and 100 ms beyond.
 * @param detector Its front end lays the window.
 */
export function isDeadWindow(
  piece: Piece,
  windowStart: number,
  finder: DeadSpanFinder,
  detector: Pick<Detector, "frontEnd" | "sampleRateHz">,
): boolean {
  const { first, onset, stop } = windowFrames(piece, windowStart, detector);
  if (finder.deadFrames(first, onset) > 0) return true;
  return finder.deadFrames(first, stop) > MOST_DEAD_SHARE * (stop - first);
}
