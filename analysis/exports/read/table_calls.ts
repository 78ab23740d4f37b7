import { MegapteraError } from "../../../core/mod.ts";
import type { Call } from "../../../pipeline/calls/mod.ts";
import { readTable } from "../../tables/read_table.ts";
import { callOfFields, numberIn, truthIn } from "./call_of_fields.ts";

const CSV = {
  start: "start",
  end: "end",
  positive_s: "positive_s",
  peak_score: "peak_score",
  mean_score: "mean_score",
  peak_time: "peak_time",
  at_gap: "at_gap",
};

/** Where a Raven table has them; `Call` says which rows, in several recordings, are of one call. */
const RAVEN: typeof CSV & { call: string } = {
  call: "Call",
  start: "Call Start",
  end: "Call End",
  positive_s: "Positive (s)",
  peak_score: "Score",
  mean_score: "Mean Score",
  peak_time: "Peak Time",
  at_gap: "At Gap",
};

/**
 * Reads calls back from a table of this project: CSV, or a Raven selection table, whose rows of one
 * call are one call again. Columns may stand in any order, and others among them.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = "start,end,duration_s,positive_s,peak_score,mean_score,peak_time,at_gap";
 * const row = "2021-01-01T00:00:01.456Z,2021-01-01T00:00:06.456Z,5,5,0.9,0.8," +
 *   "2021-01-01T00:00:03.956Z,false";
 * assert.equal(parseTableCalls(`${header}\n${row}\n`, "calls.csv")[0].peakScore, 0.9);
 * ```
 */
export function parseTableCalls(text: string, name: string): Call[] {
  const { columns, rows } = readTable(text, name);
  const names = columns.includes("Selection") ? RAVEN : CSV;
  const lacking = Object.values(names).find((column) => !columns.includes(column));
  if (lacking !== undefined) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as a table of calls has a column "${lacking}": found ` +
        `"${columns.join(",").slice(0, 60)}".`,
    );
  }
  const calls = new Map<string, Call>();
  for (const row of rows) {
    const call = names === RAVEN ? row.cell(RAVEN.call) : String(row.line);
    if (calls.has(call)) continue;
    const fields = {
      start: row.cell(names.start),
      end: row.cell(names.end),
      positive_s: numberIn(row.cell(names.positive_s)),
      peak_score: numberIn(row.cell(names.peak_score)),
      mean_score: numberIn(row.cell(names.mean_score)),
      peak_time: row.cell(names.peak_time),
      at_gap: truthIn(row.cell(names.at_gap)),
    };
    calls.set(call, callOfFields(fields, `${name} line ${row.line}`));
  }
  return [...calls.values()];
}
