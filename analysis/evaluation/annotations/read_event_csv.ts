import { MegapteraError } from "../../../pipeline/errors.ts";
import type { Annotation, AnnotationOptions } from "./annotation.ts";
import { fileStarts } from "./file_starts.ts";
import { labelColumns } from "./label_columns.ts";
import { makeAnnotation } from "./make_annotation.ts";
import { parseSeconds } from "../../tables/parse_seconds.ts";
import { parseTime } from "../../tables/parse_time.ts";
import { readTable, type TableRow } from "../../tables/read_table.ts";
import { rowFault } from "../../tables/row_fault.ts";

const START = ["start", "onset_s"];
const END = ["end", "offset_s"];

/**
 * Reads a CSV of calls or annotations with the columns `start` and `end` (or `onset_s` and
 * `offset_s`), each an ISO 8601 time or seconds into the recording that the column `file` names, or
 * whose start was given, or that the CSV is named after. `calls` writes such files.
 *
 * @param text The file's text.
 * @param name Its name or path.
 * @param options What the file does not say itself.
 * @returns The rows, in the order of the file; with `score` or `peak_score` as score.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "start,end\n1970-01-01T00:00:01Z,1970-01-01T00:00:02.500Z\n";
 * const [call] = readEventCsv(text, "calls.csv", {});
 * assert(call.startMs === 1000 && call.stopMs === 2500);
 * ```
 */
export function readEventCsv(
  text: string,
  name: string,
  options: AnnotationOptions,
): Annotation[] {
  const table = readTable(text, name);
  const labels = labelColumns(table, options.labelColumn, name);
  const has = (names: string[]): boolean =>
    table.columns.some((column) => names.includes(column.toLowerCase()));
  if (!has(START) || !has(END)) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} as it is no table of calls that is known: a CSV has the columns start and ` +
        `end, a Raven table "Begin Time (s)", Audacity labels start with a number; found ` +
        `"${table.columns.join(",").slice(0, 60)}".`,
    );
  }
  const startOf = fileStarts(name, options);
  const instant = (row: TableRow, names: string[]): number => {
    const cell = row.cell(...names);
    const seconds = parseSeconds(cell);
    if (seconds !== undefined) return startOf(row.cell("file") || name) + seconds * 1000;
    const ms = parseTime(cell, options.timeZone);
    if (ms !== undefined) return ms;
    throw rowFault(
      name,
      row.line,
      `"${names[0]}" is a time like 2021-01-01T09:30:00Z or a number of seconds from 0: found ` +
        `"${cell.slice(0, 60)}"`,
    );
  };
  return table.rows.map((row) => {
    const score = parseSeconds(row.cell("score", "peak_score"));
    return makeAnnotation(name, {
      startMs: instant(row, START),
      stopMs: instant(row, END),
      label: row.cell(...labels),
      line: row.line,
      ...(score === undefined ? {} : { score }),
    });
  });
}
