import type { ReadableStorage } from "../places/mod.ts";
import type { ScoreSet } from "../scoring/mod.ts";
import type { Bout } from "./bouts.ts";
import { type Call, callOf } from "./call.ts";
import { CallFinder } from "./call_finder.ts";
import { type ScanOptions, scanScores } from "./scan_scores.ts";

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
 * import { formatScoreCsv } from "../scoring/score_csv.ts";
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
