import { type ScanOptions, scanScores } from "../../pipeline/calls/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { type SensitivityRow, ThresholdCounters, THRESHOLDS } from "./threshold_counters.ts";

/** How calls are found, and which scores are taken. */
export interface SensitivityOptions extends Omit<ScanOptions, "threshold" | "off"> {
  /** Thresholds to try, 0 to 1; 0.1, 0.2 … 0.9 by default. */
  thresholds?: readonly number[] | undefined;
}

/**
 * How calls and presence change with the threshold.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options Which thresholds, how calls are found, and which scores are taken.
 * @returns A row a threshold, in their order.
 * @throws {MegapteraError} `data` where scores can't be read or taken.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../../pipeline/scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin < 900 ? 0.4 : 0.05);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const rows = await sensitivity(folder, { thresholds: [0.3, 0.5] });
 * assert.deepEqual(rows.map(({ calls }) => calls), [1, 0]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function sensitivity(
  source: string | ReadableStorage | ScoreSet,
  options: SensitivityOptions = {},
): Promise<SensitivityRow[]> {
  const { thresholds = THRESHOLDS, ...scanning } = options;
  const { settings, hours } = await scanScores(source, scanning);
  const counters = new ThresholdCounters(settings, thresholds);
  for await (const hour of hours) counters.push(hour.hourMs / 1000, hour.scores);
  return counters.finish();
}
