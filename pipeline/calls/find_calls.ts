import type { ReadableStorage } from "../places/mod.ts";
import type { ScoreSet } from "../scores/mod.ts";
import type { Bout } from "./bouts.ts";
import { CallFinder } from "./call_finder.ts";
import { type ScanOptions, scanScores } from "./scan_scores.ts";

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
 * Computes how far a call lies after the seconds that its scores are named by. The window that
 * scores second t is centred at t + windowSeconds / 2, and second t itself at t + 1/2.
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

/**
 * Finds the calls in hourly scores, across the borders of files, hours and days, never across
 * missing effort.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How scores become calls (`CALL_DEFAULTS` by default), and which are taken.
 * @returns Calls in the order of time, put at the centres of the windows that heard them; a few
 * hours are held at a time.
 * @throws {MegapteraError} `data` where scores can't be read or taken.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin >= 60 && bin < 120 ? 1 : 0);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const [call] = await Array.fromAsync(findCalls(folder));
 * assert(call.startMs === 61_456 && call.stopMs === 121_456);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* findCalls(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions = {},
): AsyncGenerator<Call> {
  const { set, settings, hours } = await scanScores(source, options);
  const found: Bout[] = [];
  const onBout = (bout: Bout): void => void found.push(bout);
  const finder = new CallFinder(settings, { onBout });
  const calls = (): Call[] => found.splice(0).map((bout) => callOf(bout, set.origin.windowSeconds));
  for await (const hour of hours) {
    finder.push(hour.hourMs / 1000, hour.scores);
    yield* calls();
  }
  finder.finish();
  yield* calls();
}
