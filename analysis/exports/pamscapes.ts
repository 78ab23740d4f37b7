import { DAY_MS, formatUtc, HOUR_MS, MegapteraError, unionSpans } from "../../core/mod.ts";
import { speciesOf } from "../../pipeline/detector/mod.ts";
import { parseTime, readTable, type TableRow } from "../tables/mod.ts";
import type { PresenceRow } from "./presence_row.ts";
import { csvText } from "./safe_cell.ts";

/** What presence does not say. */
export interface PamscapesOptions {
  /** Name of the species in both files; `Humpback whale` unless given. */
  species?: string;
  /** A bin with fewer positive seconds is not present; 1 unless given. */
  leastPositiveSeconds?: number;
  /** A bin with a smaller share of what the schedule gives is off effort, 0 to 1; 0.5 unless given. */
  leastEffortShare?: number;
  /** Where the recorder is, in degrees. */
  position?: { latitude: number; longitude: number };
}

/** The files by their names. */
export type PamscapesFiles = Record<string, string>;

/**
 * Makes of hourly or daily presence the files that PAMscapes opens as they are:
 * `loadDetectionData("presence_hourly.csv", source = "csv")`, and `effort.csv` read by `read.csv`
 * and given as `effort =`: times with `Z`, as `formatEffort` knows no offset. PAMscapes takes every row for a detection, so only bins with bouts have
 * one, as long as exactly an hour or a day. It rounds effort outward to whole bins, so effort is
 * given in whole bins already: those with effort enough. A bin with too little effort is in neither
 * file, even with bouts in it: it would be presence without effort.
 *
 * Source: PAMscapes 6747e91, `loadDetectionData.R` (columns `start`, `end`, `species`, `latitude`,
 * `longitude`; 3,600 or 86,400 s are presence) and `formatEffort.R`.
 *
 * @param rows Hours or days of UTC, ascending.
 * @param options What presence does not say.
 * @returns `presence_hourly.csv` or `presence_daily.csv`, and `effort.csv`.
 * @throws {MegapteraError} `usage` where rows are not hours or days of UTC, each once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = { startMs: 0, stopMs: 3_600_000, effortSeconds: 3600, positiveSeconds: 12 };
 * const files = presenceToPamscapes([row], { species: "HUWH" });
 * assert.equal(
 *   files["presence_hourly.csv"],
 *   "start,end,species\n1970-01-01T00:00:00Z,1970-01-01T01:00:00Z,HUWH\n",
 * );
 * ```
 */
export function presenceToPamscapes(
  rows: readonly PresenceRow[],
  options: PamscapesOptions = {},
): PamscapesFiles {
  const {
    species = speciesOf(undefined),
    leastPositiveSeconds = 1,
    leastEffortShare = 0.5,
    position,
  } = options;
  const length = rows.length === 0 ? 0 : rows[0].stopMs - rows[0].startMs;
  const even = rows.every(({ startMs, stopMs }) =>
    stopMs - startMs === length && startMs % length === 0
  );
  const once = rows.every(({ startMs }, i) => i === 0 || startMs > rows[i - 1].startMs);
  if (!even || !once || (length !== HOUR_MS && length !== DAY_MS)) {
    throw new MegapteraError(
      "usage",
      "Cannot write presence for PAMscapes as it takes hours or days of UTC, each once and in " +
        "order: use --by hour or --by day, with --zone UTC.",
    );
  }
  const covered = rows.filter(({ effortSeconds, scheduledSeconds = length / 1000 }) =>
    effortSeconds > 0 && effortSeconds >= leastEffortShare * scheduledSeconds
  );
  const present = covered.filter(({ positiveSeconds }) =>
    (positiveSeconds ?? 0) >= leastPositiveSeconds
  );
  const where = position ? [position.latitude, position.longitude] : [];
  const line = ({ startMs, stopMs }: { startMs: number; stopMs: number }): string[] => [
    formatUtc(startMs),
    formatUtc(stopMs),
    species,
  ];
  const name = length === HOUR_MS ? "presence_hourly.csv" : "presence_daily.csv";
  return {
    [name]: csvText([
      ["start", "end", "species", ...(position ? ["Latitude", "Longitude"] : [])],
      ...present.map((row) => [...line(row), ...where]),
    ]),
    "effort.csv": csvText([["start", "end", "species"], ...unionSpans(covered).map(line)]),
  };
}

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

/** Reads the spans of a file; what is wrong with each alone, and with their order, is added to the faults. */
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

/** Formats a time of UTC in whole seconds with `Z`: with an offset, effort that `read.csv` reads is lost. */
function timeOf(row: TableRow, column: string): number {
  const cell = row.cell(column);
  return /^\d{4}(?:-\d\d){2}T\d\d:\d\d:\d\dZ$/.test(cell) ? parseTime(cell) ?? NaN : NaN;
}
