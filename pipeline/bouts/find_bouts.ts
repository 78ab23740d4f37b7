import type { ReadableStorage } from "../places/mod.ts";
import type { ScoreSet } from "../scores/mod.ts";
import type { BinBout } from "./bouts.ts";
import { BoutFinder } from "./bout_finder.ts";
import { type ScanOptions, scanScores } from "./scan_scores.ts";

/** A run of positive seconds put in time, at the centres of the windows that heard it. */
export interface Bout {
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
 * Computes how far a bout lies after the seconds that its scores are named by. The window that
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
 * @returns The bout, to the millisecond.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findBinBouts } from "./bouts.ts";
 * const [bout] = findBinBouts([0, 0.9, 0.8, 0.7, 0], { threshold: 0.5, gap: 0, min: 3 });
 * const { startMs, stopMs, peakMs } = boutOf(bout, 3.9124);
 * assert.deepEqual([startMs, stopMs, peakMs], [2456, 5456, 2956]);
 * ```
 */
export function boutOf(bout: BinBout, windowSeconds: number): Bout {
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
 * Finds the bouts in hourly scores, across the borders of files, hours and days, never across
 * missing effort.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How scores become bouts (`BOUT_DEFAULTS` by default), and which are taken.
 * @returns Bouts in the order of time, put at the centres of the windows that heard them; a few
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
 * const [bout] = await Array.fromAsync(findBouts(folder));
 * assert(bout.startMs === 61_456 && bout.stopMs === 121_456);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* findBouts(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions = {},
): AsyncGenerator<Bout> {
  const { set, settings, hours } = await scanScores(source, options);
  const found: BinBout[] = [];
  const onBout = (bout: BinBout): void => void found.push(bout);
  const finder = new BoutFinder(settings, { onBout });
  const bouts = (): Bout[] => found.splice(0).map((bout) => boutOf(bout, set.origin.windowSeconds));
  for await (const hour of hours) {
    finder.push(hour.hourMs / 1000, hour.scores);
    yield* bouts();
  }
  finder.finish();
  yield* bouts();
}
