import type { Bout } from "./bouts.ts";

/** A call: a bout put in time, at the centres of the windows that heard it. */
export interface Call {
  /** First instant and the one after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** Seconds of it that are positive. */
  positiveSeconds: number;
  /** Highest and mean filtered score. */
  peakScore: number;
  meanScore: number;
  /** Centre of the window of the peak, epoch milliseconds. */
  peakMs: number;
  /** Whether it touches missing effort, so that it may have begun before or gone on. */
  atGap: boolean;
}

/**
 * How far a call lies after the seconds that its scores are named by. The window that scores second
 * t is centred at t + windowSeconds / 2, and second t itself at t + 1/2.
 *
 * @param windowSeconds Length of the detector's window, ≥ 1.
 * @returns `(windowSeconds − 1) / 2` seconds: 1.4562 for the published detector.
 */
export function centreShift(windowSeconds: number): number {
  return (windowSeconds - 1) / 2;
}

/**
 * Puts a bout in time.
 *
 * @param bout A bout whose bins are seconds since 1970-01-01T00:00:00Z.
 * @param windowSeconds Length of the window that made its scores.
 * @returns The call, to the millisecond.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findBouts } from "./bouts.ts";
 * const [bout] = findBouts([0, 0.9, 0.8, 0.7, 0], { threshold: 0.5, gap: 0, min: 3 });
 * const { startMs, stopMs, peakMs } = callOf(bout, 3.9124);
 * assert.deepEqual([startMs, stopMs, peakMs], [2456, 5456, 2956]);
 * ```
 */
export function callOf(bout: Bout, windowSeconds: number): Call {
  const ms = (seconds: number): number => Math.round(seconds * 1000);
  const shift = ms(centreShift(windowSeconds));
  return {
    startMs: ms(bout.start) + shift,
    stopMs: ms(bout.stop) + shift,
    positiveSeconds: bout.positive,
    peakScore: bout.peak,
    meanScore: bout.mean,
    peakMs: ms(bout.peakBin + 0.5) + shift,
    atGap: bout.atGap,
  };
}
