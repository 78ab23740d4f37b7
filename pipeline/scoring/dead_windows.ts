import { FRAME_SAMPLES, HOP_SAMPLES, WINDOW_SAMPLES } from "../detector/front_end/mod.ts";
import type { DeadSpanFinder } from "../recording/mod.ts";
import type { Piece } from "./piece.ts";

/** A run of identical samples counts as dead from this length on. */
export const DEAD_SECONDS = 0.1;
/** A window with more of it than this share has no effort. */
const MOST_DEAD_SHARE = 0.1;

/**
 * Whether a window is of dead audio: a run of 100 ms or more of identical samples touches its first
 * spectrogram frame (PCEN starts from it, and would ring for a second), or such runs fill more than
 * 10 % of it.
 *
 * @param piece What is scored.
 * @param windowStart First mel frame of the window.
 * @param finder Has seen the window's samples and 100 ms beyond.
 * @param detectorRateHz Rate that the piece counts its samples at.
 */
export function isDeadWindow(
  piece: Piece,
  windowStart: number,
  finder: DeadSpanFinder,
  detectorRateHz: number,
): boolean {
  const first = piece.firstSample + windowStart * HOP_SAMPLES;
  const frameAt = (sample: number): number =>
    piece.originFrame + (sample * piece.run.sampleRateHz) / detectorRateHz;
  const start = frameAt(first);
  if (finder.deadFrames(start, frameAt(first + FRAME_SAMPLES)) > 0) return true;
  const stop = frameAt(first + WINDOW_SAMPLES);
  return finder.deadFrames(start, stop) > MOST_DEAD_SHARE * (stop - start);
}
