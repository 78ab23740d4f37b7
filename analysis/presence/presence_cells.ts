import { formatUtc, TimeZone } from "../../core/mod.ts";
import {
  BoutFinder,
  type BoutSink,
  type ScanOptions,
  scanScores,
} from "../../pipeline/bouts/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { CellGrid, type CellSize, MIN_EFFORT } from "./cell_grid.ts";

/** Presence in a minute, hour, day or month. */
export interface PresenceCell {
  /** First instant and the one after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** Seconds with a score. */
  effortSeconds: number;
  /** Seconds that would have one had all been recorded that was planned; of no schedule, all. */
  scheduledSeconds: number;
  /** Seconds that are positive, after median and threshold; nothing without effort. */
  positiveSeconds: number | null;
  /** Positive seconds a second of effort; nothing where there is too little effort, never 0. */
  proportion: number | null;
  /** Bouts that start in it; nothing without effort. */
  bouts: number | null;
}

/** The first line of presence as CSV. */
export const PRESENCE_HEADER = "start,effort_s,call_s,proportion,bouts,scheduled_s";

/**
 * Formats a cell as a line of CSV.
 *
 * @param cell The cell.
 * @param zone Whose clock its start is written in.
 * @returns Start as ISO 8601 (with Z, or the zone's offset), the rest with empty fields where
 * nothing is known; without a line's end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimeZone } from "../../core/time_zone.ts";
 * const cell = { startMs: 0, stopMs: 3_600_000, effortSeconds: 0, scheduledSeconds: 1200 };
 * const nothing = { positiveSeconds: null, proportion: null, bouts: null };
 * const row = presenceRow({ ...cell, ...nothing }, new TimeZone("UTC"));
 * assert.equal(row, "1970-01-01T00:00:00Z,0,,,,1200");
 * ```
 */
export function presenceRow(cell: PresenceCell, zone: TimeZone): string {
  const { startMs, effortSeconds, scheduledSeconds, positiveSeconds, proportion, bouts } = cell;
  const start = zone.name === "UTC"
    ? formatUtc(startMs)
    : zone.at(startMs).toString({ timeZoneName: "never" });
  const known = [positiveSeconds ?? "", proportion?.toFixed(6) ?? "", bouts ?? ""];
  return [start, effortSeconds, ...known, scheduledSeconds].join(",");
}

/** What presence is, and in which cells. */
export interface PresenceOptions extends ScanOptions {
  /** Length of a cell; `hour` by default. */
  by?: CellSize | undefined;
  /** IANA name of the zone whose hours, days or months they are; UTC by default. */
  zone?: string | undefined;
  /**
   * Share of a cell that must have effort for it to have a proportion, 0 to 1; 0.5 by default. Of a
   * recorder that sleeps by a schedule it is the share of what the schedule gives.
   */
  minEffort?: number | undefined;
}

/**
 * Computes presence in every minute, hour, day or month of the range that scores cover.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options What presence is, in which cells, and which scores are taken.
 * @returns Cells, ascending, without a break; a few are held at a time.
 * @throws {MegapteraError} `data` where scores can't be read or taken, `usage` for an unknown zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../../pipeline/scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin < 900 ? 0.9 : 0.1);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const [cell] = await Array.fromAsync(presenceCells(folder));
 * assert(cell.proportion === 0.25 && cell.bouts === 1);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function* presenceCells(
  source: string | ReadableStorage | ScoreSet,
  options: PresenceOptions = {},
): AsyncGenerator<PresenceCell> {
  const { by = "hour", zone = "UTC", minEffort = MIN_EFFORT } = options;
  const grid = new CellGrid(by, new TimeZone(zone));
  const { set, settings, hours } = await scanScores(source, options);
  const schedule = await set.schedule();
  const builder = new PresenceBuilder(
    grid,
    set.startMs,
    set.stopMs,
    minEffort,
    (startMs, stopMs) => schedule.effortSeconds(startMs, stopMs),
  );
  const finder = new BoutFinder(settings, builder);
  for await (const hour of hours) {
    finder.push(hour.hourMs / 1000, hour.scores);
    yield* builder.take(finder.settled);
  }
  finder.finish();
  yield* builder.take();
}

interface Tally {
  startMs: number;
  stopMs: number;
  effort: number;
  positive: number;
  bouts: number;
}

/**
 * Counts effort, positive seconds and bouts into cells as they are found. A second counts in the
 * cell that it lies in itself, and a bout where it starts.
 */
export class PresenceBuilder implements BoutSink {
  readonly #grid: CellGrid;
  readonly #stopMs: number;
  readonly #minEffort: number;
  readonly #scheduled: (startMs: number, stopMs: number) => number;
  /** Cells that are not complete, ascending, without a break. */
  readonly #open: Tally[] = [];
  #nextMs: number;

  /**
   * @param grid The cells.
   * @param startMs First instant of the range, epoch milliseconds: its cell is the first.
   * @param stopMs The instant after the last: the cell of what comes before it is the last.
   * @param minEffort Share of what the schedule gives of a cell that must have effort for it to
   * have a proportion, 0 to 1.
   * @param scheduled Seconds of effort that the schedule gives of a stretch of time; all by default.
   */
  constructor(
    grid: CellGrid,
    startMs: number,
    stopMs: number,
    minEffort: number,
    scheduled: (startMs: number, stopMs: number) => number = (from, to) => (to - from) / 1000,
  ) {
    this.#grid = grid;
    this.#stopMs = stopMs;
    this.#minEffort = minEffort;
    this.#scheduled = scheduled;
    this.#nextMs = grid.startOf(startMs);
  }

  onEffort(start: number, stop: number): void {
    this.#spread(start, stop, (tally, seconds) => tally.effort += seconds);
  }

  onPositive(start: number, stop: number): void {
    this.#spread(start, stop, (tally, seconds) => tally.positive += seconds);
  }

  onBoutStart(start: number): void {
    this.#spread(start, start + 1, (tally) => tally.bouts++);
  }

  /**
   * Takes the cells that are complete.
   *
   * @param settled Nothing more will be told of bins (seconds) before this one; all by default.
   * @returns They, ascending, those without any effort among them.
   */
  *take(settled: number = Infinity): Generator<PresenceCell> {
    const untilMs = Math.min(settled * 1000, this.#stopMs);
    while (this.#nextMs < untilMs) this.#add();
    while (this.#open.length > 0) {
      const { stopMs } = this.#open[0];
      if (stopMs > settled * 1000) return;
      yield this.#cellOf(this.#open.shift()!);
    }
  }

  #add(): void {
    const [startMs, stopMs] = [this.#nextMs, this.#grid.after(this.#nextMs)];
    this.#open.push({ startMs, stopMs, effort: 0, positive: 0, bouts: 0 });
    this.#nextMs = stopMs;
  }

  #spread(start: number, stop: number, count: (tally: Tally, seconds: number) => void): void {
    while (this.#nextMs < stop * 1000) this.#add();
    for (const tally of this.#open) {
      if (tally.startMs >= stop * 1000) return;
      const [from, to] = [
        Math.max(start, tally.startMs / 1000),
        Math.min(stop, tally.stopMs / 1000),
      ];
      if (to > from) count(tally, to - from);
    }
  }

  #cellOf({ startMs, stopMs, effort, positive, bouts }: Tally): PresenceCell {
    // What was recorded beside the plan counts, too.
    const scheduledSeconds = Math.max(effort, this.#scheduled(startMs, stopMs));
    const cell = { startMs, stopMs, effortSeconds: effort, scheduledSeconds };
    if (effort === 0) return { ...cell, positiveSeconds: null, proportion: null, bouts: null };
    const enough = effort >= this.#minEffort * scheduledSeconds;
    return {
      ...cell,
      positiveSeconds: positive,
      proportion: enough ? positive / effort : null,
      bouts,
    };
  }
}
