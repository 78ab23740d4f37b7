import { MegapteraError, type Span, subtractSpans, unionSpans } from "../../../core/mod.ts";
import { recordingStart, type RecordingStartOptions } from "../../../pipeline/timeline/mod.ts";
import { rowFault } from "../../tables/mod.ts";
import type { Event } from "../counts.ts";

/** A row of a file of bouts or annotations. */
export interface Annotation extends Event {
  /** What the row says it is; empty where it does not. */
  label: string;
  /** Line of the file, from 1. */
  line: number;
  /** The recording that the row counts seconds from, and its start; nothing where it has times. */
  recording?: string;
  recordingMs?: number;
  /** Set where the row says that the whole recording holds its label, and others mark bouts in it. */
  isWholeFile?: boolean;
  /** Number of the bout that the row is of, in a Raven table that `calls` wrote. */
  bout?: string;
}

/** What a file of bouts or annotations does not say itself, and how names of recordings are read. */
export interface AnnotationOptions extends RecordingStartOptions {
  /** Takes the names that give no time zone, so that they were taken as UTC. */
  zonelessNames?: Set<string>;
  /** Column of the label; the first of the usual ones unless given. */
  labelColumn?: string;
}

/** The first and the last year of four digits. */
const [FIRST_MS, LAST_MS] = [Date.parse("0000-01-01"), Date.parse("9999-12-31T23:59:59Z")];

/**
 * A row as an annotation, its times in whole milliseconds. A mark without length becomes one of
 * 1 ms, so that it lies in a second.
 *
 * @param name How to name the file in errors.
 * @param row What the row says; milliseconds may have fractions.
 * @throws {MegapteraError} `data` where it stops before it starts, or lies in no year of four digits.
 */
export function makeAnnotation(name: string, row: Annotation): Annotation {
  if (row.stopMs < row.startMs) {
    const late = ((row.startMs - row.stopMs) / 1000).toFixed(3);
    throw rowFault(name, row.line, `a bout stops after it starts: it stops ${late} s before`);
  }
  checkYears(name, row.line, row);
  const startMs = Math.round(row.startMs);
  return { ...row, startMs, stopMs: Math.max(Math.round(row.stopMs), startMs + 1) };
}

/**
 * Checks that a span of a file lies in years that its rows can mean.
 *
 * @param name How to name the file in errors.
 * @param line Its line, from 1.
 * @param span Epoch milliseconds, of any size.
 * @throws {MegapteraError} `data` where it lies in no year of four digits.
 */
export function checkYears(name: string, line: number, { startMs, stopMs }: Span): void {
  if (startMs >= FIRST_MS && stopMs <= LAST_MS) return;
  const found = [startMs, stopMs].map((ms) => `${ms / 1000} s`).join(" to ");
  throw rowFault(name, line, `a time has a year of four digits: found ${found} after 1970`);
}

/**
 * Makes what tells the starts of the recordings that a table names.
 *
 * @param table How to name the table in errors.
 * @param options A start that overrides the name, and the zone of names without one.
 * @returns Gives the start of a recording by its name, epoch milliseconds.
 * @throws {MegapteraError} When called: `data` where the name has no time; `usage` where a start
 * was given and the table names two recordings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(fileStarts("a.txt", {})("SITE_20210101_000000Z.wav") === Date.UTC(2021, 0, 1));
 * ```
 */
export function fileStarts(
  table: string,
  options: AnnotationOptions,
): (file: string) => number {
  const starts = new Map<string, number>();
  return (file) => {
    const known = starts.get(file);
    if (known !== undefined) return known;
    if (options.recordingStart !== undefined && starts.size > 0) {
      throw new MegapteraError(
        "usage",
        `Cannot use --recording-start with ${table} as it is the start of one recording: the table ` +
          `names ${[...starts.keys()][0]} and ${file}; rename the recordings so that their names ` +
          "say when they start.",
      );
    }
    const { startMs, isZoneAssumed } = recordingStart(file, options);
    if (isZoneAssumed) options.zonelessNames?.add(file);
    starts.set(file, startMs);
    return startMs;
  };
}

/** Labels by which a person says to be unsure, unless others are named. */
export const UNCERTAIN_LABELS: readonly string[] = ["?", "uncertain", "possible", "maybe"];

/** Choice of the labels that count. */
export interface LabelChoice {
  /** Labels of the bouts that are looked for; all that are certain unless given. */
  labels?: readonly string[];
  /** Labels of what may be a bout. */
  uncertain?: readonly string[];
  /** Labels of what is no bout: such marks are left out, and their time counts. */
  without?: readonly string[];
}

/**
 * Drops what a person was unsure of: such marks are no bouts, and their time does not count. An
 * uncertain label is one of the list, or one that ends in a question mark; case does not count.
 * Marks with other labels than the ones looked for are neither bouts nor doubt: their time counts as
 * time without the bout.
 *
 * @param annotations What a person marked.
 * @param covered What that person listened to, in any order.
 * @param choice The labels that count.
 * @returns The bouts, and the time that counts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const marks = [{ startMs: 2, stopMs: 4, label: "song?", line: 1 }];
 * const { counted, covered } = certainAnnotations(marks, [{ startMs: 0, stopMs: 9 }]);
 * assert.deepEqual(covered, [{ startMs: 0, stopMs: 2 }, { startMs: 4, stopMs: 9 }]);
 * assert(counted.length === 0);
 * ```
 */
export function certainAnnotations(
  annotations: readonly Annotation[],
  covered: readonly Span[],
  choice: LabelChoice = {},
): { counted: Annotation[]; uncertain: Annotation[]; covered: Span[] } {
  const lower = (labels: readonly string[]): string[] => labels.map((text) => text.toLowerCase());
  const doubtful = lower(choice.uncertain ?? UNCERTAIN_LABELS);
  const wanted = choice.labels && lower(choice.labels);
  const isUncertain = ({ label }: Annotation): boolean =>
    doubtful.includes(label.toLowerCase()) || label.endsWith("?");
  const without = lower(choice.without ?? []);
  const marks = annotations.filter(({ label }) => !without.includes(label.toLowerCase()));
  const uncertain = marks.filter(isUncertain);
  const counted = marks.filter((mark) =>
    !isUncertain(mark) && (!wanted || wanted.includes(mark.label.toLowerCase()))
  );
  // Time that is a bout for certain stays, whatever else was marked in it.
  const doubt = subtractSpans(unionSpans(uncertain), unionSpans(counted));
  return { counted, uncertain, covered: subtractSpans(unionSpans(covered), doubt) };
}
