import { MegapteraError } from "../../../core/mod.ts";
import { parseSeconds, readTable, rowFault, type Table, type TableRow } from "../../tables/mod.ts";
import {
  type Annotation,
  type AnnotationOptions,
  fileStarts,
  makeAnnotation,
} from "./annotation.ts";
import { labelsOf, recordingsOf, SCORE } from "./columns.ts";

/**
 * Reads a Raven selection table. When a bout starts within its file is its File Offset; else its
 * first sample divided by the sample rate; else its Begin Time, which counts from the first file of
 * a list and so is good only for a table of one file. Its length is End Time less Begin Time. The
 * file is the one that its columns name (`recordingsOf`), or whose start was given, or that the
 * table is named after. A selection that is there once for each view counts once.
 *
 * Source: Raven Pro's selection tables as Rraven (f31bf89) and opensoundscape read them.
 *
 * @param text The file's text.
 * @param name Its name or path.
 * @param options What the table does not say itself.
 * @returns The selections, in the order of the table.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const header = "Selection\tBegin Time (s)\tEnd Time (s)\tBegin File\tFile Offset (s)\n";
 * const [mark] = readRaven(`${header}1\t65\t67\tS_20210101_000100Z.wav\t5\n`, "a.txt", {});
 * assert(mark.startMs === Date.UTC(2021, 0, 1, 0, 1, 5) && mark.stopMs === mark.startMs + 2000);
 * ```
 */
export function readRaven(
  text: string,
  name: string,
  options: AnnotationOptions,
): Annotation[] {
  const table = readTable(text, name);
  const labelOf = labelsOf(table, options.labelColumn, name);
  const recordingOf = recordingsOf(table, name);
  const files = new Set(table.rows.map(recordingOf));
  const startOf = fileStarts(name, options);
  const seen = new Set<string>();
  // Only the tables of `calls` number their bouts; elsewhere a column Call holds a label.
  const isNumbered = table.has("Call") && table.has("Call Start");
  return table.rows.flatMap((row) => {
    const [begin, end] = [seconds(row, name, "Begin Time (s)"), seconds(row, name, "End Time (s)")];
    const inFile = secondsInFile(row, name, table, files, begin);
    const recording = recordingOf(row) || name;
    const recordingMs = startOf(recording);
    const startMs = recordingMs + inFile * 1000;
    const selection = row.cell("Selection");
    const key = JSON.stringify([selection, startMs, end - begin]);
    if (selection !== "" && seen.has(key)) return [];
    seen.add(key);
    const stopMs = startMs + (end - begin) * 1000;
    const score = parseSeconds(row.cell(...SCORE));
    const bout = isNumbered ? row.cell("Call") : "";
    return [makeAnnotation(name, {
      startMs,
      stopMs,
      label: labelOf(row),
      line: row.line,
      recording,
      recordingMs,
      ...(score === undefined ? {} : { score }),
      ...(bout === "" ? {} : { bout }),
    })];
  });
}

function secondsInFile(
  row: TableRow,
  name: string,
  table: Table,
  files: ReadonlySet<string>,
  begin: number,
): number {
  if (table.has("File Offset (s)")) return seconds(row, name, "File Offset (s)");
  if (table.has("Beg File Samp (samples)") && table.has("Sample Rate (Hz)")) {
    const rateHz = seconds(row, name, "Sample Rate (Hz)");
    if (rateHz > 0) return seconds(row, name, "Beg File Samp (samples)") / rateHz;
    throw rowFault(name, row.line, "a sample rate is above 0: found 0");
  }
  if (files.size === 1) return begin;
  throw new MegapteraError(
    "data",
    `Cannot tell when the bouts of ${name} start as it names ${files.size} recordings and Begin ` +
      'Time counts from the first of a list: add Raven\'s measurement "File Offset (s)" and save ' +
      "the table again.",
  );
}

function seconds(row: TableRow, name: string, column: string): number {
  const value = parseSeconds(row.cell(column));
  if (value !== undefined) return value;
  throw rowFault(
    name,
    row.line,
    `"${column}" is a number from 0: found "${row.cell(column).slice(0, 60)}"`,
  );
}
