import { MegapteraError } from "../../../core/mod.ts";
import { columnKey, rowFault, type Table, type TableRow } from "../../tables/mod.ts";

/** Columns that say when a bout starts, stops, or how long it is; names as `Table.has` compares them. */
export const START = [
  "start_datetime",
  "start",
  "Start (s)",
  "start_time",
  "start_time_s",
  "onset",
  "onset_s",
];
export const END = ["end_datetime", "end", "End (s)", "end_time", "end_time_s", "offset_s"];
export const DURATION = ["duration", "duration_s"];
/** Columns that hold a detection's score. */
export const SCORE = ["score", "peak_score", "Confidence"];

/** Columns of labels; a table's first of them that holds any text counts. */
const LABELS = [
  ...["Label", "Annotation", "Tags", "Species", "Class", "Call Type"],
  ...["Common Name", "event_label", "Scientific Name", "Species Code", "Manual ID", "Q"],
];

/** Keys of columns that name the recording which a row counts from. */
const RECORDINGS = new Set(
  `file filename filepath beginfile beginpath soundfile soundfiles audiofile audiofilename
  audiofilepath audiopath audio notatedpath recording recordingfile recordingname recordingpath
  wavfile wavfilename wav infile inputfile`.split(/\s+/),
);
/** Keys of columns that Raven fills with where a selection ends. */
const ENDS = new Set(["endfile", "endpath"]);
const AUDIO = /\.(?:wav|wave|flac|aiff?|aifc|w64|rf64|mp3|ogg|opus|m4a|mp4|sud|dwv|mseed)$/i;

const TIME = "(?:[01]\\d|2[0-3])(?:[0-5]\\d){2}";
const MONTH_AND_DAY = "(?:0\\d|1[0-2])(?:[0-2]\\d|3[01])";
/** A recording's name without its ending, as most recorders make names: with a time at its end. */
const STAMPED = new RegExp(
  `(?:(?:^|\\D)\\d{4}${MONTH_AND_DAY}[_-]${TIME}|[a-z][._-]?\\d{4}${MONTH_AND_DAY}T${TIME}Z?|` +
    `\\.\\d\\d${MONTH_AND_DAY}${TIME})$`,
  "i",
);

/**
 * Tells which rows say that their label is somewhere in the whole recording, as APLOSE's do beside the
 * boxes that mark the bouts. Where a table has no boxes, its rows are all that is marked.
 *
 * @param table The table.
 * @returns Tells it of a row.
 */
export function wholeFileRows(table: Table): (row: TableRow) => boolean {
  const isWeak = (row: TableRow): boolean =>
    /^(?:0|false)$/i.test(row.cell("is_box")) || /^weak$/i.test(row.cell("type"));
  const isBox = (row: TableRow): boolean =>
    /^(?:1|true)$/i.test(row.cell("is_box")) || /^(?:box|point)$/i.test(row.cell("type"));
  return table.rows.some(isBox) ? isWeak : () => false;
}

/**
 * Gives the label of each row of a table.
 *
 * @param table The table.
 * @param wanted The column that the user named.
 * @param name How to name the file in errors.
 * @returns Gives a row's label; empty where there is none.
 * @throws {MegapteraError} `usage` where the table has no such column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "../../tables/read_table.ts";
 * const table = readTable("start,end,Common Name\n1,2,Humpback Whale\n", "a.csv");
 * assert.equal(labelsOf(table, undefined, "a.csv")(table.rows[0]), "Humpback Whale");
 * ```
 */
export function labelsOf(
  table: Table,
  wanted: string | undefined,
  name: string,
): (row: TableRow) => string {
  if (wanted !== undefined && !table.has(wanted)) {
    throw new MegapteraError(
      "usage",
      `Cannot take labels from the column "${wanted}" of ${name} as it has none of that name: its ` +
        `columns are ${table.columns.join(", ")}.`,
    );
  }
  const column = wanted ??
    LABELS.find((label) => table.has(label) && table.rows.some((row) => row.cell(label) !== ""));
  return (row) => column === undefined ? "" : row.cell(column);
}

/**
 * Gives the recording that each row of a table counts from, by whichever column names it.
 *
 * @param table The table.
 * @param name How to name the file in errors.
 * @returns Gives the name of a row's recording, without folders; empty where the row names none. It
 * throws a `MegapteraError` of `data` where a column that is not known holds names of recordings, or
 * columns name different recordings in a row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readTable } from "../../tables/read_table.ts";
 * const table = readTable("sound.files,start,end\naudio/a.wav,1,2\n", "warbleR.csv");
 * assert.equal(recordingsOf(table, "warbleR.csv")(table.rows[0]), "a.wav");
 * ```
 */
export function recordingsOf(table: Table, name: string): (row: TableRow) => string {
  // Where all rows have times of their own, what recordings they name does not matter.
  let known: string[] | undefined;
  return (row) => {
    known ??= recordingColumns(table, name);
    return baseOf(known.map((column) => row.cell(column)).find((cell) => cell !== "") ?? "");
  };
}

function recordingColumns(table: Table, name: string): string[] {
  const holdsText = (column: string): boolean => table.rows.some((row) => row.cell(column) !== "");
  const holdsNames = (column: string): boolean => {
    const texts = table.rows.map((row) => row.cell(column)).filter((text) => text !== "");
    return texts.some(isAudioName) || texts.length > 0 && texts.every((text) => STAMPED.test(text));
  };
  const named = table.columns.filter((column) => column !== "");
  // Raven's own columns are what its offsets count from, whatever else people note beside them.
  const raven = named.filter((column) => /^begin(?:file|path)$/.test(columnKey(column)));
  const known = raven.some(holdsText)
    ? raven
    : named.filter((column) => RECORDINGS.has(columnKey(column)) && holdsText(column));
  const others = raven.some(holdsText)
    ? []
    : named.filter((column) =>
      !RECORDINGS.has(columnKey(column)) && !ENDS.has(columnKey(column)) && holdsNames(column)
    );
  for (const row of table.rows) {
    const [first, ...rest] = [...known, ...others].filter((column) => row.cell(column) !== "");
    const other = rest.find((column) => stemOf(row.cell(column)) !== stemOf(row.cell(first)));
    if (other === undefined) continue;
    const [one, another] = [first, other].map((column) => baseOf(row.cell(column)));
    throw rowFault(
      name,
      row.line,
      `its columns "${first}" and "${other}" name different recordings, "${one}" and ` +
        `"${another}": keep the one that its times count from`,
    );
  }
  const [unknown] = others;
  if (known.length === 0 && unknown !== undefined) {
    throw new MegapteraError(
      "data",
      `Cannot read ${name} as its column "${unknown}" holds names of recordings and is not known ` +
        'to name the recording that times count from: if it does, rename it "file"; else remove it.',
    );
  }
  return known;
}

/**
 * Refuses a table of opensoundscape that has a row for every window and a column for every class, be
 * it scores or whether the class is there: each row would be a bout.
 *
 * @throws {MegapteraError} `data`, naming the file and a class.
 */
export function refuseWindows(table: Table, name: string): void {
  const [file, start, end, ...classes] = table.columns.map(columnKey);
  const isOfWindows = file === "file" && start === "starttime" && end === "endtime" &&
    classes.length > 0 && !LABELS.some((label) => table.has(label)) &&
    table.rows.every((row) =>
      table.columns.slice(3).every((column) => /^(?:[\d.e+-]*|true|false)$/i.test(row.cell(column)))
    );
  if (!isOfWindows || classes.every((key) => SCORE.some((column) => columnKey(column) === key))) {
    return;
  }
  const [, , , example] = table.columns;
  throw new MegapteraError(
    "data",
    `Cannot read ${name} as it has a row for every window and a column a class ("${example}"), so ` +
      "that every row would be a bout: keep the rows that are bouts, and leave out the columns of " +
      `classes; of true and false take --label-column "${example}" --label true.`,
  );
}

/** Tells whether a text is the name of an audio file. */
export function isAudioName(text: string): boolean {
  return AUDIO.test(text.trim());
}

/** Gives the last part of a path of any system. */
function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function stemOf(path: string): string {
  return baseOf(path).replace(AUDIO, "").toLowerCase();
}
