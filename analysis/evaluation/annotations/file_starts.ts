import { MegapteraError } from "../../../core/mod.ts";
import { recordingStart } from "../../../pipeline/timeline/mod.ts";
import type { AnnotationOptions } from "./annotation.ts";

/**
 * When recordings start that a table names.
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
