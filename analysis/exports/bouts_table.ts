import { type ColumnTable, table } from "arquero";
import { type Bout, findBouts, type ScanOptions } from "../../pipeline/bouts/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { durationSeconds } from "./bout_fields.ts";

/**
 * Bouts as an Arquero table, with the columns of the CSV: `start`, `end` and `peak_time` are dates,
 * at the centres of the windows that were scored; `duration_s` is null of a bout that missing effort
 * cuts.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How scores become bouts, and which are taken.
 * @returns A row a bout, in the order of time.
 * @throws {MegapteraError} `data` where scores can't be read or taken.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../../pipeline/scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin >= 60 && bin < 120 ? 1 : 0);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const bouts = await boutsTable(folder, { threshold: 0.5 });
 * assert.equal(bouts.get("duration_s", 0), 60);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function boutsTable(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions = {},
): Promise<ColumnTable> {
  const bouts: Bout[] = await Array.fromAsync(findBouts(source, options));
  return table({
    start: bouts.map(({ startMs }) => new Date(startMs)),
    end: bouts.map(({ stopMs }) => new Date(stopMs)),
    duration_s: bouts.map(durationSeconds),
    positive_s: bouts.map(({ positiveSeconds }) => positiveSeconds),
    peak_score: bouts.map(({ peakScore }) => peakScore),
    mean_score: bouts.map(({ meanScore }) => meanScore),
    peak_time: bouts.map(({ peakMs }) => new Date(peakMs)),
    at_gap: bouts.map(({ atGap }) => atGap),
  });
}
