import type { Annotation, AnnotationOptions } from "./annotation.ts";
import { columnKey } from "../../tables/read_table.ts";
import { joinPieces } from "./join_pieces.ts";
import { readAudacity } from "./read_audacity.ts";
import { readEventCsv } from "./read_event_csv.ts";
import { readRaven } from "./read_raven.ts";

/**
 * Reads calls or annotations: a Raven selection table, Audacity labels or another table, told apart
 * by the first line. A call that the end of a recording has split is one again (`joinPieces`).
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
  const isRaven = first.split(/[\t,;]/).some((column) => columnKey(column) === "begintimes");
  // Audacity writes an empty file where there are no labels.
  const isAudacity = first === "" || /^\d[\d.,]*\t\d/.test(first);
  const read = isRaven ? readRaven : isAudacity ? readAudacity : readEventCsv;
  return joinPieces(read(text, name, options));
}
