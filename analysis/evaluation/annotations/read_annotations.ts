import { columnKey, parseAudacityLabels } from "../../tables/mod.ts";
import {
  type Annotation,
  type AnnotationOptions,
  fileStarts,
  makeAnnotation,
} from "./annotation.ts";
import { readEventCsv } from "./read_event_csv.ts";
import { readRaven } from "./read_raven.ts";

/**
 * Reads bouts or annotations: a Raven selection table, Audacity labels or another table, told apart
 * by the first line. A bout that the end of a recording has split is one again (`joinPieces`).
 *
 * @param text The file's text.
 * @param name Its name or path; where the file counts in seconds and names no recording, its name
 * may say when the recording starts.
 * @param options What the file does not say itself.
 * @returns The rows, in the order of the file.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [mark] = readAnnotations("1.5\t2.5\tsong\n", "S_20210101_000000Z.txt");
 * assert(mark.stopMs === Date.UTC(2021, 0, 1) + 2500);
 * ```
 */
export function readAnnotations(
  text: string,
  name: string,
  options: AnnotationOptions = {},
): Annotation[] {
  const first = text.replace(/^\ufeff/, "").trimStart().split(/[\r\n]/, 1)[0];
  const isRaven = first.split(/[\t,;]/).some((column) => columnKey(column) === "begintimes");
  // Audacity writes an empty file where there are no labels.
  const isAudacity = first === "" || /^\d[\d.,]*\t\d/.test(first);
  const read = isRaven ? readRaven : isAudacity ? readAudacity : readEventCsv;
  return joinPieces(read(text, name, options));
}

/**
 * Reads Audacity labels, which count from the start of the recording: the one given, or the one that
 * the file is named after.
 *
 * @param text The file's text.
 * @param name Its name or path.
 * @param options What the file does not say itself.
 * @returns The labels, in the order of the file.
 * @throws {MegapteraError} `data`, naming file and line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [mark] = readAudacity("1.5\t2.5\tsong\n", "S_20210101_000000Z.txt", {});
 * assert(mark.startMs === Date.UTC(2021, 0, 1) + 1500 && mark.label === "song");
 * ```
 */
export function readAudacity(
  text: string,
  name: string,
  options: AnnotationOptions,
): Annotation[] {
  const fileStartMs = fileStarts(name, options)(name);
  return parseAudacityLabels(text, name).map(({ fromSeconds, toSeconds, label, line }) =>
    makeAnnotation(name, {
      startMs: fileStartMs + fromSeconds * 1000,
      stopMs: fileStartMs + toSeconds * 1000,
      label,
      line,
      recording: name,
      recordingMs: fileStartMs,
    })
  );
}

/** Recordings that follow each other may be so far off by their names, which have whole seconds. */
const NAMES_MS = 1000;

/**
 * Makes one mark again of the pieces into which the ends of recordings split it: of marks of one
 * label where the later begins with its recording, within a second of where the earlier stops in
 * another; and of rows with one number in the column `Call` of the tables that `calls` writes, one
 * beginning where the other stops. Marks of windows, which touch each other within a recording too,
 * stay as they are.
 *
 * @param marks The marks of one file or of several.
 * @returns The marks in their order; one that was split has the score, label and line of its first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const first = { startMs: 0, stopMs: 9000, label: "song", line: 1, recordingMs: 0 };
 * const second = { ...first, startMs: 9000, stopMs: 12_000, recordingMs: 9000 };
 * assert.deepEqual(joinPieces([first, second]), [{ ...first, stopMs: 12_000 }]);
 * ```
 */
export function joinPieces(marks: readonly Annotation[]): Annotation[] {
  const windows = labelsOfWindows(marks);
  const whole: { mark: Annotation; place: number }[] = [];
  /** Marks by label and the second in which they stop. */
  const stopping = new Map<string, Annotation[]>();
  const keyOf = (label: string, ms: number): string => `${Math.floor(ms / 1000)} ${label}`;
  const ordered = marks.map((mark, place) => ({ mark: { ...mark }, place }))
    .sort((one, other) => one.mark.startMs - other.mark.startMs);
  for (const { mark, place } of ordered) {
    const mayGoOn = mark.bout !== undefined || beginsRecording(mark);
    const earlier = (mayGoOn ? [-NAMES_MS, 0, NAMES_MS] : [])
      .flatMap((awayMs) => stopping.get(keyOf(mark.label, mark.startMs + awayMs)) ?? [])
      .find((before) => goesOn(before, mark, windows.has(mark.label)));
    if (earlier) earlier.stopMs = mark.stopMs;
    else whole.push({ mark, place });
    const last = earlier ?? mark;
    const key = keyOf(last.label, last.stopMs);
    const there = stopping.get(key);
    if (there) there.push(last);
    else stopping.set(key, [last]);
  }
  return whole.sort((one, other) => one.place - other.place).map(({ mark }) => mark);
}

/** Tells whether a mark is the next piece of an earlier one. */
function goesOn(before: Annotation, mark: Annotation, isWindow: boolean): boolean {
  const apartMs = Math.abs(mark.startMs - before.stopMs);
  if (apartMs > NAMES_MS || mark.stopMs <= before.stopMs) return false;
  if (before.bout !== undefined && mark.bout !== undefined) return before.bout === mark.bout;
  const isOther = before.recordingMs !== undefined && before.recordingMs !== mark.recordingMs;
  return isOther && beginsRecording(mark) && !isWindow;
}

function beginsRecording({ recordingMs, startMs }: Annotation): boolean {
  return recordingMs !== undefined && startMs - recordingMs <= 1;
}

/** Labels of marks that touch another of theirs within a recording. */
function labelsOfWindows(marks: readonly Annotation[]): Set<string> {
  const keyOf = ({ recordingMs, label }: Annotation, ms: number): string =>
    `${recordingMs} ${ms} ${label}`;
  const stops = new Set(marks.map((mark) => keyOf(mark, mark.stopMs)));
  return new Set(
    marks.filter((mark) => stops.has(keyOf(mark, mark.startMs))).map(({ label }) => label),
  );
}
