import { recordingStart } from "../../../pipeline/recording/recording_start.ts";
import type { Annotation, AnnotationOptions } from "./annotation.ts";
import { makeAnnotation } from "./make_annotation.ts";
import { parseSeconds } from "./parse_seconds.ts";
import { rowFault } from "./row_fault.ts";

/**
 * Reads Audacity labels: `start⇥end⇥label` in seconds from the start of the recording, which is the
 * one given, or the one that the file is named after. Lines of frequencies (`\⇥low⇥high`) are
 * passed over.
 *
 * Source: Audacity's manual, "Importing and Exporting Labels".
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
 * const [call] = readAudacity("1.5\t2.5\tsong\n", "S_19700101_000000.txt", {});
 * assert(call.startMs === 1500 && call.label === "song");
 * ```
 */
export function readAudacity(
  text: string,
  name: string,
  options: AnnotationOptions,
): Annotation[] {
  const { startMs: fileStartMs } = recordingStart(name, options);
  return text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/).flatMap((row, i) => {
    if (row.trim() === "" || row.startsWith("\\")) return [];
    const [start, end, ...label] = row.split("\t");
    const [startSeconds, endSeconds] = [start, end ?? ""].map((cell) => parseSeconds(cell.trim()));
    if (startSeconds === undefined || endSeconds === undefined) {
      throw rowFault(
        name,
        i + 1,
        `a label is start, end and text with tabs between: found "${row.slice(0, 60)}"`,
      );
    }
    return [makeAnnotation(name, {
      startMs: fileStartMs + startSeconds * 1000,
      stopMs: fileStartMs + endSeconds * 1000,
      label: label.join(" ").trim(),
      line: i + 1,
    })];
  });
}
