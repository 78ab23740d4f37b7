import { type ColumnTable, table } from "arquero";
import { type Call, findCalls, type ScanOptions } from "../../pipeline/calls/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { durationSeconds } from "./call_fields.ts";

/**
 * Calls as an Arquero table, with the columns of the CSV: `start`, `end` and `peak_time` are dates,
 * at the centres of the windows that were scored; `duration_s` is null of a call that missing effort
 * cuts.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How scores become calls, and which are taken.
 * @returns A row a call, in the order of time.
 * @throws {MegapteraError} `data` where scores can't be read or taken.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../../pipeline/scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin >= 60 && bin < 120 ? 1 : 0);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const calls = await callsTable(folder, { threshold: 0.5 });
 * assert.equal(calls.get("duration_s", 0), 60);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function callsTable(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions = {},
): Promise<ColumnTable> {
  const calls: Call[] = await Array.fromAsync(findCalls(source, options));
  return table({
    start: calls.map(({ startMs }) => new Date(startMs)),
    end: calls.map(({ stopMs }) => new Date(stopMs)),
    duration_s: calls.map(durationSeconds),
    positive_s: calls.map(({ positiveSeconds }) => positiveSeconds),
    peak_score: calls.map(({ peakScore }) => peakScore),
    mean_score: calls.map(({ meanScore }) => meanScore),
    peak_time: calls.map(({ peakMs }) => new Date(peakMs)),
    at_gap: calls.map(({ atGap }) => atGap),
  });
}
