import { MegapteraError } from "../../../core/mod.ts";
import {
  parseSeconds,
  parseTime,
  readTable,
  rowFault,
  type Table,
  type TableRow,
} from "../../tables/mod.ts";
import {
  type Annotation,
  type AnnotationOptions,
  fileStarts,
  makeAnnotation,
} from "./annotation.ts";
import {
  DURATION,
  END,
  isAudioName,
  labelsOf,
  recordingsOf,
  refuseWindows,
  SCORE,
  START,
  wholeFileRows,
} from "./columns.ts";

/** Columns of the lists of DCASE and sed_eval, which mostly have no header. */
const DCASE = ["filename", "onset", "offset", "event_label"];

/**
 * Reads a table of bouts or annotations: when each starts and stops (or how long it is), as ISO 8601
 * times or seconds into the recording that a column names (`recordingsOf`), or whose start was given,
 * or that the table is named after. `calls`, warbleR, crowsetta, opensoundscape, BirdNET, Kaleidoscope,
 * Ketos, APLOSE and DCASE's lists are such tables.
 *
 * @param text The file's text.
 * @param name Its name or path.
 * @param options What the file does not say itself.
 * @returns The rows, in the order of the file; with `score`, `peak_score` or `Confidence` as score.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "start,end\n1970-01-01T00:00:01Z,1970-01-01T00:00:02.500Z\n";
 * const [mark] = readEventCsv(text, "calls.csv", {});
 * assert(mark.startMs === 1000 && mark.stopMs === 2500);
 * ```
 */
export function readEventCsv(
  text: string,
  name: string,
  options: AnnotationOptions,
): Annotation[] {
  const [first, second] = text.replace(/^\ufeff/, "").split(/\t/, 2);
  const isList = isAudioName(first) && parseSeconds(second?.trim() ?? "") !== undefined;
  const table = readTable(text, name, isList ? DCASE : undefined);
  const labelOf = labelsOf(table, options.labelColumn, name);
  const { start, end } = boundsOf(table, name);
  if (options.labelColumn === undefined) refuseWindows(table, name);
  const recordingOf = recordingsOf(table, name);
  const startOf = fileStarts(name, options);
  const instant = (
    row: TableRow,
    names: string[],
  ): { ms: number } & Pick<Annotation, "recording" | "recordingMs"> => {
    const cell = row.cell(...names);
    const seconds = parseSeconds(cell);
    if (seconds !== undefined) {
      const recording = recordingOf(row) || name;
      const recordingMs = startOf(recording);
      return { ms: recordingMs + seconds * 1000, recording, recordingMs };
    }
    const ms = parseTime(cell, options.timeZone);
    if (ms !== undefined) return { ms };
    throw rowFault(
      name,
      row.line,
      `"${
        names.find((column) => table.has(column))
      }" is a time like 2021-01-01T09:30:00Z or a number of seconds from 0: found ` +
        `"${cell.slice(0, 60)}"`,
    );
  };
  const isWholeFile = wholeFileRows(table);
  return table.rows.map((row) => {
    const score = parseSeconds(row.cell(...SCORE));
    const { ms: startMs, ...from } = instant(row, start);
    const stopMs = end ? instant(row, end).ms : startMs + durationMs(row, name);
    return makeAnnotation(name, {
      startMs,
      stopMs,
      label: labelOf(row),
      line: row.line,
      ...from,
      ...(score === undefined ? {} : { score }),
      ...(isWholeFile(row) ? { isWholeFile: true } : {}),
    });
  });
}

/** Finds the columns of start and end; no end where there is a duration instead. */
function boundsOf(table: Table, name: string): { start: string[]; end?: string[] } {
  // DCASE's offset is where a bout ends, Kaleidoscope's where it begins.
  if (table.has("onset") && table.has("offset")) return { start: ["onset"], end: ["offset"] };
  if (table.has(...START) && table.has(...END)) return { start: START, end: END };
  if (table.has(...START) && table.has(...DURATION)) return { start: START };
  if (table.has("offset") && table.has(...DURATION)) return { start: ["offset"] };
  throw new MegapteraError(
    "data",
    `Cannot read ${name} as it is no table of bouts that is known: a CSV has the columns start and ` +
      `end, a Raven table "Begin Time (s)", Audacity labels start with a number; found ` +
      `"${table.columns.join(",").slice(0, 60)}".`,
  );
}

function durationMs(row: TableRow, name: string): number {
  const seconds = parseSeconds(row.cell(...DURATION));
  if (seconds !== undefined) return seconds * 1000;
  const found = row.cell(...DURATION).slice(0, 60);
  throw rowFault(name, row.line, `a duration is a number of seconds from 0: found "${found}"`);
}
