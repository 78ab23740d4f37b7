import { MegapteraError } from "../../../pipeline/errors.ts";
import type { Span } from "../event.ts";
import { unionSpans } from "../spans.ts";
import type { AnnotationOptions } from "./annotation.ts";
import { fileStarts } from "./file_starts.ts";
import { parseSeconds } from "../../tables/parse_seconds.ts";
import { parseTime } from "../../tables/parse_time.ts";
import { readTable } from "../../tables/read_table.ts";
import { rowFault } from "../../tables/row_fault.ts";

/**
 * Reads which time a person listened to: a CSV with `start` and `end` (ISO 8601 times, or seconds
 * into the recording of the column `file`), or with `file` and `duration_s` for whole recordings.
 *
 * @param text The file's text.
 * @param name Its name or path.
 * @param options What the file does not say itself.
 * @returns The time that counts: ascending spans, apart from each other.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "file,duration_s\nS_20210101_000000Z.wav,60\n";
 * const [{ startMs, stopMs }] = readCoverage(text, "coverage.csv");
 * assert.deepEqual([startMs, stopMs], [Date.UTC(2021, 0, 1), Date.UTC(2021, 0, 1, 0, 1)]);
 * ```
 */
export function readCoverage(
  text: string,
  name: string,
  options: AnnotationOptions = {},
): Span[] {
  const { columns, rows } = readTable(text, name);
  const has = (column: string): boolean => columns.some((found) => found.toLowerCase() === column);
  const whole = has("file") && has("duration_s");
  if (!whole && !(has("start") && has("end"))) {
    throw new MegapteraError(
      "data",
      `Cannot read the coverage ${name} as it has neither the columns start and end nor file and ` +
        `duration_s: found "${columns.join(",").slice(0, 60)}".`,
    );
  }
  const startOf = fileStarts(name, options);
  const spans = rows.map((row) => {
    const instant = (column: string): number => {
      const cell = row.cell(column);
      const seconds = parseSeconds(cell);
      if (seconds !== undefined) return startOf(row.cell("file") || name) + seconds * 1000;
      const ms = column === "duration_s" ? undefined : parseTime(cell, options.timeZone);
      if (ms !== undefined) return ms;
      const rule = `"${column}" is ${
        column === "duration_s" ? "a number of seconds" : "a time or a number of seconds"
      } from 0: found "${cell.slice(0, 60)}"`;
      throw rowFault(name, row.line, rule);
    };
    const startMs = whole ? startOf(row.cell("file")) : instant("start");
    const stopMs = instant(whole ? "duration_s" : "end");
    if (stopMs > startMs) return { startMs: Math.round(startMs), stopMs: Math.round(stopMs) };
    throw rowFault(name, row.line, "a span stops after it starts: it has no length");
  });
  if (spans.length > 0) return unionSpans(spans);
  throw new MegapteraError("data", `Cannot use the coverage ${name} as it has no rows.`);
}
