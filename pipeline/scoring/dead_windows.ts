import type { DeadSpanFinder } from "../audio/mod.ts";
import { type Detector, samplesOf } from "../detector/mod.ts";
import type { Piece } from "./piece.ts";

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
 * Whether a window is of dead audio: a run of 100 ms or more of identical samples touches its onset
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
