import type { Call } from "../../../pipeline/calls/mod.ts";
import { MegapteraError } from "../../../pipeline/errors.ts";
import { CALL_COLUMNS } from "../call_fields.ts";
import { callOfFields, numberIn, truthIn } from "./call_of_fields.ts";

/**
 * Reads calls as CSV back.
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
 * assert.equal(parseCsvCalls(`${header}\n${row}\n`, "calls.csv")[0].peakScore, 0.9);
 * ```
 */
export function parseCsvCalls(text: string, name: string): Call[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  const header = CALL_COLUMNS.join(",");
  if (lines[0] !== header) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} line 1 as calls begin with "${header}": found ` +
        `"${(lines[0] ?? "").slice(0, 60)}".`,
    );
  }
  return lines.slice(1).map((line, i) => {
    const cells = line.split(",");
    const row = Object.fromEntries(CALL_COLUMNS.map((column, at) => [column, cells[at]]));
    const fields = {
      ...row,
      positive_s: numberIn(row.positive_s),
      peak_score: numberIn(row.peak_score),
      mean_score: numberIn(row.mean_score),
      at_gap: truthIn(row.at_gap),
    };
    return callOfFields(fields, `${name} line ${i + 2}`);
  });
}
