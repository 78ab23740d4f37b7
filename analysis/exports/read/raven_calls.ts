import type { Call } from "../../../pipeline/calls/mod.ts";
import { MegapteraError } from "../../../pipeline/errors.ts";
import { RAVEN_COLUMNS } from "../raven_calls.ts";
import { callOfFields, numberIn, truthIn } from "./call_of_fields.ts";

/**
 * Reads calls back from a Raven selection table of this project: rows of one call (in several
 * recordings) are one call again. Columns may stand in any order, and others among them.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns The calls.
 * @throws {MegapteraError} `data`, naming the file and the line.
 */
export function parseRavenCalls(text: string, name: string): Call[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const columns = (lines[0] ?? "").split("\t");
  const lacking = RAVEN_COLUMNS.find((column) => !columns.includes(column));
  if (lacking !== undefined) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as a table of calls has a column "${lacking}".`,
    );
  }
  const calls = new Map<string, Call>();
  lines.slice(1).forEach((line, i) => {
    const cells = line.split("\t");
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at]]));
    if (calls.has(row.Call)) return;
    const fields = {
      start: row["Call Start"],
      end: row["Call End"],
      positive_s: numberIn(row["Positive (s)"]),
      peak_score: numberIn(row.Score),
      mean_score: numberIn(row["Mean Score"]),
      peak_time: row["Peak Time"],
      at_gap: truthIn(row["At Gap"]),
    };
    calls.set(row.Call, callOfFields(fields, `${name} line ${i + 2}`));
  });
  return [...calls.values()];
}
