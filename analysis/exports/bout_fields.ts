import type { Bout } from "../../pipeline/bouts/mod.ts";

/** Columns of bouts in CSV, JSON, Parquet and tables. */
export const CALL_COLUMNS = [
  "start",
  "end",
  "duration_s",
  "positive_s",
  "peak_score",
  "mean_score",
  "peak_time",
  "at_gap",
] as const;

/** A bout by its columns; times as ISO 8601 in UTC to the millisecond. */
export interface BoutFields {
  start: string;
  end: string;
  /** Nothing where it touches missing effort: it may have begun before, or gone on. */
  duration_s: number | null;
  positive_s: number;
  peak_score: number;
  mean_score: number;
  peak_time: string;
  at_gap: boolean;
}

/**
 * A bout as colleagues get it.
 *
 * @param bout The bout.
 * @returns Its columns; scores have six decimals, as score files have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bout = { startMs: 1456, stopMs: 6456, positiveSeconds: 5, peakScore: 0.9, meanScore: 0.8 };
 * const fields = boutFields({ ...bout, peakMs: 2956, atGap: false });
 * assert.equal(fields.start, "1970-01-01T00:00:01.456Z");
 * assert.equal(fields.duration_s, 5);
 * ```
 */
export function boutFields(bout: Bout): BoutFields {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return {
    start: iso(bout.startMs),
    end: iso(bout.stopMs),
    duration_s: durationSeconds(bout),
    positive_s: bout.positiveSeconds,
    peak_score: sixDecimals(bout.peakScore),
    mean_score: sixDecimals(bout.meanScore),
    peak_time: iso(bout.peakMs),
    at_gap: bout.atGap,
  };
}

/**
 * Gives how long a bout is.
 *
 * @param bout The bout.
 * @returns Seconds; null where the recorder's pause or a gap cuts it, so that its length is not known.
 */
export function durationSeconds({ startMs, stopMs, atGap }: Bout): number | null {
  return atGap ? null : (stopMs - startMs) / 1000;
}

/** Rounds a score to the six decimals that score files have. */
export function sixDecimals(score: number): number {
  return Number(score.toFixed(6));
}
