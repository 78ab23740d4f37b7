import { parseAudacityLabels } from "../../tables/audacity_labels.ts";
import type { Annotation, AnnotationOptions } from "./annotation.ts";
import { fileStarts } from "./file_starts.ts";
import { makeAnnotation } from "./make_annotation.ts";

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
 * const [call] = readAudacity("1.5\t2.5\tsong\n", "S_20210101_000000Z.txt", {});
 * assert(call.startMs === Date.UTC(2021, 0, 1) + 1500 && call.label === "song");
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
