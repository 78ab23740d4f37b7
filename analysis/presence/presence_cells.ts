import { TimeZone } from "../../core/mod.ts";
import { CallFinder, type ScanOptions, scanScores } from "../../pipeline/calls/mod.ts";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { CellGrid, type CellSize } from "./cell_grid.ts";
import { MIN_EFFORT } from "./min_effort.ts";
import { PresenceBuilder } from "./presence_builder.ts";
import type { PresenceCell } from "./presence_cell.ts";

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
 * Presence in every minute, hour, day or month of the range that scores cover.
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
  const finder = new CallFinder(settings, builder);
  for await (const hour of hours) {
    finder.push(hour.hourMs / 1000, hour.scores);
    yield* builder.take(finder.settled);
  }
  finder.finish();
  yield* builder.take();
}
