import {
  frameCount,
  HOP_SAMPLES,
  samplesOfFrames,
  WINDOW_FRAMES,
} from "../detector/front_end/mod.ts";
import type { Recipe } from "../detector/recipes/mod.ts";
import { type Resampler, type Run, runStopMs } from "../recording/mod.ts";
import { HOUR_BINS, HOUR_MS } from "./hour.ts";

/** A stretch of one run that is scored in one go: which windows, and for which bins of the hour. */
export interface Piece {
  run: Run;
  /** The run's frame that output sample 0 of the resampler stands at. */
  originFrame: number;
  /** The run's frame after the last that may be heard; what lies outside counts as silence. */
  stopFrame: number;
  /** Resampled sample, from `originFrame`, at which mel frame 0 starts; may be negative. */
  firstSample: number;
  /** Bins of the hour, ascending. */
  bins: number[];
  /** First mel frame of each bin's window, ascending. */
  windowStarts: number[];
  /** Mel frames that the recipe's PCEN has to hear, `[first, stop)`. */
  melFrames: { first: number; stop: number };
}

/**
 * Cuts an hour into the pieces that a recipe scores: one a run of continuous samples.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param run A run that may touch the hour.
 * @param recipe How windows are laid.
 * @param resampler From the run's rate to the detector's.
 * @param detectorRateHz The detector's rate, a multiple of 1,000 Hz.
 * @returns The piece, or nothing where no window is whole.
 */
export function cutPiece(
  hourMs: number,
  run: Run,
  recipe: Recipe,
  resampler: Resampler,
  detectorRateHz: number,
): Piece | undefined {
  const piece = recipe.clock === "utc"
    ? cutByClock(hourMs, run, recipe, resampler, detectorRateHz)
    : cutNominally(hourMs, run, recipe, resampler);
  return piece.bins.length > 0 ? piece : undefined;
}

/** Bins whose window lies in the run, on the hour's own grid; filters hear the whole run. */
function cutByClock(
  hourMs: number,
  run: Run,
  recipe: Recipe,
  resampler: Resampler,
  detectorRateHz: number,
): Piece {
  const firstSample = ((hourMs - run.startMs) * detectorRateHz) / 1000;
  const length = resampler.outputLength(run.frames);
  const windowSamples = samplesOfFrames(WINDOW_FRAMES);
  const bins: number[] = [];
  const windowStarts: number[] = [];
  recipe.windowStarts(HOUR_BINS, Infinity).forEach((start, bin) => {
    const sample = firstSample + start * HOP_SAMPLES;
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
    melFrames: { first: windowStarts[0] ?? 0, stop: (windowStarts.at(-1) ?? 0) + WINDOW_FRAMES },
  };
}

/** The run's share of the hour, taken out and scored as audio of its own, from a whole second on. */
function cutNominally(hourMs: number, run: Run, recipe: Recipe, resampler: Resampler): Piece {
  const startMs = Math.max(hourMs, Math.ceil(run.startMs / 1000) * 1000);
  const stopMs = Math.max(startMs, Math.min(hourMs + HOUR_MS, runStopMs(run)));
  const frameAt = (ms: number): number =>
    Math.min(run.frames, Math.ceil(((ms - run.startMs) * run.sampleRateHz) / 1000));
  const [originFrame, stopFrame] = [frameAt(startMs), frameAt(stopMs)];
  const frames = frameCount(resampler.outputLength(stopFrame - originFrame));
  const windowStarts = recipe.windowStarts(Math.floor((stopMs - startMs) / 1000), frames);
  const firstBin = (startMs - hourMs) / 1000;
  return {
    run,
    originFrame,
    stopFrame,
    firstSample: 0,
    bins: windowStarts.map((_, i) => firstBin + i),
    windowStarts,
    melFrames: { first: 0, stop: (windowStarts.at(-1) ?? 0) + WINDOW_FRAMES },
  };
}
