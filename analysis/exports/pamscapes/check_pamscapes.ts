import { parseTime } from "../../tables/parse_time.ts";
import { readTable, type TableRow } from "../../tables/read_table.ts";
import type { PamscapesFiles } from "./presence_to_pamscapes.ts";

const HOUR_MS = 3_600_000;
/** Files of presence, and the one length that PAMscapes takes for presence in each. */
const LENGTHS: Record<string, number> = {
  "presence_hourly.csv": HOUR_MS,
  "presence_daily.csv": 24 * HOUR_MS,
};
const POSITION: Record<string, number> = { Latitude: 90, Longitude: 180 };

/**
 * Checks presence and effort by the rules that PAMscapes reads them by: columns that it knows
 * without a mapping, times of the one form that all its readers take for UTC, rows of exactly an hour or a day on
 * its grid, each once, positions in degrees; effort in whole bins, apart from each other; presence
 * within effort, of the same species.
 *
 * Source: PAMscapes 6747e91, `loadDetectionData.R`, `formatEffort.R`, `binDetectionData.R`.
 *
 * @param files The files' texts.
 * @returns What is wrong, a sentence each; none where all is right.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const effort = "start,end,species\n1970-01-01T00:00:00Z,1970-01-01T02:00:00Z,HUWH\n";
 * const presence = effort.replace("T02", "T01");
 * const files = { "presence_hourly.csv": presence, "effort.csv": effort };
 * assert.deepEqual(checkPamscapes(files), []);
 * ```
 */
export function checkPamscapes(files: PamscapesFiles): string[] {
  const faults: string[] = [];
  const names = Object.keys(files).sort();
  const [effortName, name] = names;
  if (names.length !== 2 || effortName !== "effort.csv" || !(name in LENGTHS)) {
    return [`there are ${names.join(", ")} instead of effort.csv and a file of presence`];
  }
  const lengthMs = LENGTHS[name];
  const effort = spansOf(files[effortName], effortName, lengthMs, faults);
  const presence = spansOf(files[name], name, lengthMs, faults);
  for (const { line, startMs, stopMs, species } of presence) {
    if (stopMs - startMs !== lengthMs) faults.push(`${name} line ${line}: its length is no bin's`);
    const isOn = effort.some((span) =>
      span.species === species && span.startMs <= startMs && stopMs <= span.stopMs
    );
    if (!isOn) faults.push(`${name} line ${line}: it is off effort`);
  }
  return faults;
}

interface CheckedSpan {
  line: number;
  startMs: number;
  stopMs: number;
  species: string;
}

/** The spans of a file; what is wrong with each alone, and with their order, is added to the faults. */
function spansOf(text: string, name: string, lengthMs: number, faults: string[]): CheckedSpan[] {
  const { columns, rows } = readTable(text, name);
  const places = columns.slice(3).join(",");
  if (columns.slice(0, 3).join(",") !== "start,end,species") {
    faults.push(`${name} begins with ${columns.join(",")}, not with start,end,species`);
  }
  if (places !== "" && places !== "Latitude,Longitude") {
    faults.push(`${name} has the columns ${places}, not Latitude,Longitude`);
  }
  let lastMs = -Infinity;
  return rows.map((row) => {
    const report = (fault: string): void => void faults.push(`${name} line ${row.line}: ${fault}`);
    const [startMs, stopMs] = [timeOf(row, "start"), timeOf(row, "end")];
    if (!(stopMs > startMs)) report("its times are none, or not in order");
    if (startMs % lengthMs !== 0 || stopMs % lengthMs !== 0) report("it is not of whole bins");
    if (startMs < lastMs) report("it begins before the row before it ends");
    lastMs = stopMs;
    if (row.cell("species") === "") report("it names no species");
    for (const [column, most] of Object.entries(POSITION)) {
      const cell = row.cell(column);
      if (places !== "" && !(cell !== "" && Math.abs(Number(cell)) <= most)) {
        report(`its ${column} can't be "${cell}"`);
      }
    }
    return { line: row.line, startMs, stopMs, species: row.cell("species") };
  });
}

/** A time of UTC in whole seconds with `Z`: with an offset, effort that `read.csv` reads is lost. */
function timeOf(row: TableRow, column: string): number {
  const cell = row.cell(column);
  return /^\d{4}(?:-\d\d){2}T\d\d:\d\d:\d\dZ$/.test(cell) ? parseTime(cell) ?? NaN : NaN;
}
