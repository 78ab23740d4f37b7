import type { Annotation, AnnotationOptions } from "./annotation.ts";
import { readAudacity } from "./read_audacity.ts";
import { readEventCsv } from "./read_event_csv.ts";
import { readRaven } from "./read_raven.ts";

/**
 * Reads calls or annotations: a Raven selection table, Audacity labels or a CSV, told apart by the
 * first line.
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
 * const [call] = readAnnotations("1.5\t2.5\tsong\n", "S_20210101_000000Z.txt");
 * assert(call.stopMs === Date.UTC(2021, 0, 1) + 2500);
 * ```
 */
export function readAnnotations(
  text: string,
  name: string,
  options: AnnotationOptions = {},
): Annotation[] {
  const first = text.replace(/^\ufeff/, "").trimStart().split(/[\r\n]/, 1)[0];
  if (first.split("\t").includes("Begin Time (s)")) return readRaven(text, name, options);
  // Audacity writes an empty file where there are no labels.
  if (first === "" || /^\d[\d.]*\t\d/.test(first)) return readAudacity(text, name, options);
  return readEventCsv(text, name, options);
}
