import { MegapteraError } from "../errors.ts";
import { sourceName } from "./source_name.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/**
 * Checks what a timeline is to be made of.
 *
 * @param entries The recordings.
 * @throws {MegapteraError} `usage` where one file is given twice.
 * @throws {RangeError} Where a start, rate or number of frames is not a whole number in range.
 */
export function checkEntries(entries: readonly TimelineEntry[]): void {
  const seen = new Set<string>();
  for (const entry of entries) {
    const { uri, startMs, sampleRateHz, frames, within } = entry;
    const isWhole = [startMs, sampleRateHz, frames].every(Number.isSafeInteger);
    if (!isWhole || sampleRateHz < 1 || frames < 1) {
      const found = `start ${startMs} ms, ${sampleRateHz} Hz, ${frames} frames`;
      throw new RangeError(`Cannot place ${uri} as its numbers are out of range: ${found}`);
    }
    const part = `${uri} ${within?.firstFrame ?? 0}`;
    if (seen.has(part)) {
      throw new MegapteraError(
        "usage",
        `Cannot use ${sourceName(entry)} twice: ${uri} is given more than once.`,
      );
    }
    seen.add(part);
  }
}
