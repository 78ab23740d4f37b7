import {
  CallFinder,
  type CallSink,
  type ScanOptions,
  scanScores,
} from "../../pipeline/calls/mod.ts";
import type { ScoreSet } from "../../pipeline/scoring/score_set.ts";
import type { ReadableStorage } from "../../pipeline/storage/storage.ts";

/** What a threshold makes of scores. */
export interface SensitivityRow {
  threshold: number;
  calls: number;
  positiveSeconds: number;
  effortSeconds: number;
  /** Hours (UTC) with effort, and those of them with a positive second. */
  hours: number;
  presentHours: number;
}

/** How calls are found, and which scores are taken. */
export interface SensitivityOptions extends Omit<ScanOptions, "threshold" | "off"> {
  /** Thresholds to try, 0 to 1; 0.1, 0.2 … 0.9 by default. */
  thresholds?: readonly number[] | undefined;
}

const THRESHOLDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const HOUR_SECONDS = 3600;

/** Counts what one threshold finds. */
class Counter implements CallSink {
  readonly row: SensitivityRow;
  #effortHour = -1;
  #presentHour = -1;

  constructor(threshold: number) {
    const none = { calls: 0, positiveSeconds: 0, effortSeconds: 0, hours: 0, presentHours: 0 };
    this.row = { threshold, ...none };
  }

  onEffort(start: number, stop: number): void {
    this.row.effortSeconds += stop - start;
    this.row.hours += newHours(start, stop, this.#effortHour);
    this.#effortHour = hourOfBin(stop - 1);
  }

  onPositive(start: number, stop: number): void {
    this.row.positiveSeconds += stop - start;
    this.row.presentHours += newHours(start, stop, this.#presentHour);
    this.#presentHour = hourOfBin(stop - 1);
  }

  onBoutStart(): void {
    this.row.calls++;
  }
}

const hourOfBin = (bin: number): number => Math.floor(bin / HOUR_SECONDS);

/** Hours that bins `[start, stop)` touch after one that was counted. */
function newHours(start: number, stop: number, counted: number): number {
  const first = Math.max(hourOfBin(start), counted + 1);
  return Math.max(0, hourOfBin(stop - 1) - first + 1);
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
 * import { formatScoreCsv } from "../../pipeline/scoring/score_csv.ts";
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
  const counters = thresholds.map((threshold) => new Counter(threshold));
  const finders = counters.map((counter) =>
    new CallFinder({ ...settings, threshold: counter.row.threshold }, counter)
  );
  for await (const hour of hours) {
    for (const finder of finders) finder.push(hour.hourMs / 1000, hour.scores);
  }
  for (const finder of finders) finder.finish();
  return counters.map(({ row }) => row);
}
