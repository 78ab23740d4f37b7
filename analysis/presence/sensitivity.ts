import {
  BoutFinder,
  type BoutOptions,
  type BoutSink,
  type ScanOptions,
  scanScores,
} from "../../pipeline/bouts/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";

/** How bouts are found, and which scores are taken. */
export interface SensitivityOptions extends Omit<ScanOptions, "threshold" | "off"> {
  /** Thresholds to try, 0 to 1; 0.1, 0.2 … 0.9 by default. */
  thresholds?: readonly number[] | undefined;
}

/**
 * Computes how bouts and presence change with the threshold.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options Which thresholds, how bouts are found, and which scores are taken.
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
 * assert.deepEqual(rows.map(({ bouts }) => bouts), [1, 0]);
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

/** What a threshold makes of scores. */
export interface SensitivityRow {
  threshold: number;
  bouts: number;
  positiveSeconds: number;
  effortSeconds: number;
  /** Hours (UTC) with effort, and those of them with a positive second. */
  hours: number;
  presentHours: number;
}

/** Thresholds that are tried where none are named. */
const THRESHOLDS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Those, and the one that was chosen among them.
 *
 * @param chosen 0 to 1; nothing where none was.
 * @returns Thresholds, ascending.
 */
export function thresholdsWith(chosen: number | undefined): number[] {
  return [...new Set([...THRESHOLDS, chosen ?? THRESHOLDS[0]])].sort((a, b) => a - b);
}

const HOUR_SECONDS = 3600;

/** Counts what one threshold finds. */
class Counter implements BoutSink {
  readonly row: SensitivityRow;
  #effortHour = -1;
  #presentHour = -1;

  constructor(threshold: number) {
    const none = { bouts: 0, positiveSeconds: 0, effortSeconds: 0, hours: 0, presentHours: 0 };
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
    this.row.bouts++;
  }
}

const hourOfBin = (bin: number): number => Math.floor(bin / HOUR_SECONDS);

/** Hours that bins `[start, stop)` touch after one that was counted. */
function newHours(start: number, stop: number, counted: number): number {
  const first = Math.max(hourOfBin(start), counted + 1);
  return Math.max(0, hourOfBin(stop - 1) - first + 1);
}

/** Counts what each of several thresholds makes of scores that come in pieces. */
export class ThresholdCounters {
  readonly #counters: Counter[];
  readonly #finders: BoutFinder[];

  /**
   * @param settings How scores become bouts, but for the threshold.
   * @param thresholds The thresholds, 0 to 1; no hysteresis below them.
   */
  constructor(settings: Omit<BoutOptions, "threshold" | "off">, thresholds: readonly number[]) {
    this.#counters = thresholds.map((threshold) => new Counter(threshold));
    this.#finders = this.#counters.map((counter) =>
      new BoutFinder({ ...settings, threshold: counter.row.threshold, off: undefined }, counter)
    );
  }

  /** Takes the next scores, as `BoutFinder` does. */
  push(start: number, scores: Float64Array): void {
    for (const finder of this.#finders) finder.push(start, scores);
  }

  /**
   * Ends what is open.
   *
   * @returns A row a threshold, in their order.
   */
  finish(): SensitivityRow[] {
    for (const finder of this.#finders) finder.finish();
    return this.#counters.map(({ row }) => row);
  }
}
