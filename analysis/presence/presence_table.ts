import { type ColumnTable, table } from "arquero";
import type { ReadableStorage } from "../../pipeline/places/mod.ts";
import type { ScoreSet } from "../../pipeline/scores/mod.ts";
import { type PresenceCell, presenceCells, type PresenceOptions } from "./presence_cells.ts";

/**
 * Computes presence as an Arquero table: columns `start` (the cell's first instant), `stop` (the one after its
 * last), `effort_s`, `call_s`, `proportion`, `bouts` and `scheduled_s` (what `effort_s` would be had
 * all been recorded that was planned); null where nothing is known (no effort, or too little for a
 * proportion).
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options What presence is, in which cells, and which scores are taken.
 * @returns A row for every cell of the range.
 * @throws {MegapteraError} `data` where scores can't be read or taken, `usage` for an unknown zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoreCsv } from "../../pipeline/scores/score_csv.ts";
 * const folder = await Deno.makeTempDir();
 * const scores = Float64Array.from({ length: 3600 }, (_, bin) => bin < 900 ? 0.9 : 0.1);
 * await Deno.writeTextFile(`${folder}/19700101_00.csv`, formatScoreCsv(0, scores));
 * const presence = await presenceTable(folder, { by: "hour" });
 * assert.equal(presence.get("proportion", 0), 0.25);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function presenceTable(
  source: string | ReadableStorage | ScoreSet,
  options: PresenceOptions = {},
): Promise<ColumnTable> {
  const cells: PresenceCell[] = await Array.fromAsync(presenceCells(source, options));
  return table({
    start: cells.map(({ startMs }) => new Date(startMs)),
    stop: cells.map(({ stopMs }) => new Date(stopMs)),
    effort_s: cells.map(({ effortSeconds }) => effortSeconds),
    call_s: cells.map(({ positiveSeconds }) => positiveSeconds),
    proportion: cells.map(({ proportion }) => proportion),
    bouts: cells.map(({ bouts }) => bouts),
    scheduled_s: cells.map(({ scheduledSeconds }) => scheduledSeconds),
  });
}
