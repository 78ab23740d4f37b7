import { MegapteraError, type Span, unionSpans } from "../../../core/mod.ts";
import { parseSeconds, parseTime, readTable, rowFault, type TableRow } from "../../tables/mod.ts";
import { type AnnotationOptions, checkYears, fileStarts } from "./annotation.ts";
import { DURATION, END, recordingsOf, START } from "./columns.ts";

/**
 * Reads which time a person listened to: a CSV with `start` and `end` (ISO 8601 times, or seconds
 * into the recording of the column `file` or however its reader calls it), or with `file` and
 * `duration_s` for whole recordings.
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
  const table = readTable(text, name);
  const { columns, rows } = table;
  const [hasStart, hasEnd, hasDuration] = [START, END, DURATION].map((names) =>
    table.has(...names)
  );
  if (!hasDuration && !(hasStart && hasEnd)) {
    throw new MegapteraError(
      "data",
      `Cannot read the coverage ${name} as it has neither the columns start and end nor file and ` +
        `duration_s: found "${columns.join(",").slice(0, 60)}".`,
    );
  }
  const startOf = fileStarts(name, options);
  const recordingOf = recordingsOf(table, name);
  const spans = rows.map((row) => {
    const instant = (names: readonly string[]): number => {
      const cell = row.cell(...names);
      const seconds = parseSeconds(cell);
      const ms = seconds === undefined
        ? parseTime(cell, options.timeZone)
        : startOf(recordingOf(row) || name) + seconds * 1000;
      if (ms !== undefined) return ms;
      throw wrongCell(row, names, "a time or a number of seconds from 0");
    };
    const durationMs = (): number => {
      const seconds = parseSeconds(row.cell(...DURATION));
      if (seconds !== undefined) return seconds * 1000;
      throw wrongCell(row, DURATION, "a number of seconds from 0");
    };
    const startMs = hasStart ? instant(START) : startOf(recordingOf(row) || name);
    const stopMs = hasStart && hasEnd ? instant(END) : startMs + durationMs();
    checkYears(name, row.line, { startMs, stopMs });
    if (stopMs > startMs) return { startMs: Math.round(startMs), stopMs: Math.round(stopMs) };
    throw rowFault(name, row.line, "a span stops after it starts: it has no length");
  });
  if (spans.length > 0) return unionSpans(spans);
  throw new MegapteraError("data", `Cannot use the coverage ${name} as it has no rows.`);

  function wrongCell(row: TableRow, names: readonly string[], what: string): MegapteraError {
    const column = names.find((one) => table.has(one));
    const found = row.cell(...names).slice(0, 60);
    return rowFault(name, row.line, `"${column}" is ${what}: found "${found}"`);
  }
}
