import { MegapteraError } from "../../core/mod.ts";
import { sourceName } from "../places/mod.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/** Of years with four digits, and a day less, as windows and days reach beyond a recording. */
const [FIRST_MS, LAST_MS] = [Date.parse("0000-01-02"), Date.parse("9999-12-31")];

/**
 * Checks what a timeline is to be made of.
 *
 * @param entries The recordings.
 * @throws {MegapteraError} `usage` where one file is given twice, `data` where one lies in no year of
 * four digits.
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
    const spanMs = [startMs, startMs + (frames * 1000) / sampleRateHz];
    if (spanMs[0] < FIRST_MS || spanMs[1] > LAST_MS) {
      const found = spanMs.map((ms) => formatSpan(ms)).join(" to ");
      throw new MegapteraError(
        "data",
        `Cannot place ${
          sourceName(entry)
        } as times here have years of four digits: by its start and ` +
          `length it lasts from ${found}.`,
      );
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

/** A time whatever its year. */
function formatSpan(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms after 1970`;
}
