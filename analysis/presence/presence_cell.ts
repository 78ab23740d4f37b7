import { formatUtc, type TimeZone } from "../../core/mod.ts";

/** Presence in a minute, hour, day or month. */
export interface PresenceCell {
  /** First instant and the one after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** Seconds with a score. */
  effortSeconds: number;
  /** Seconds that would have one had all been recorded that was planned; of no schedule, all. */
  scheduledSeconds: number;
  /** Seconds that are positive, after median and threshold; nothing without effort. */
  callSeconds: number | null;
  /** Positive seconds a second of effort; nothing where there is too little effort, never 0. */
  proportion: number | null;
  /** Bouts that start in it; nothing without effort. */
  bouts: number | null;
}

/** The first line of presence as CSV. */
export const PRESENCE_HEADER = "start,effort_s,call_s,proportion,bouts,scheduled_s";

/**
 * A cell as a line of CSV.
 *
 * @param cell The cell.
 * @param zone Whose clock its start is written in.
 * @returns Start as ISO 8601 (with Z, or the zone's offset), the rest with empty fields where
 * nothing is known; without a line's end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { TimeZone } from "../../core/time_zone.ts";
 * const cell = { startMs: 0, stopMs: 3_600_000, effortSeconds: 0, scheduledSeconds: 1200 };
 * const nothing = { callSeconds: null, proportion: null, bouts: null };
 * const row = presenceRow({ ...cell, ...nothing }, new TimeZone("UTC"));
 * assert.equal(row, "1970-01-01T00:00:00Z,0,,,,1200");
 * ```
 */
export function presenceRow(cell: PresenceCell, zone: TimeZone): string {
  const { startMs, effortSeconds, scheduledSeconds, callSeconds, proportion, bouts } = cell;
  const start = zone.name === "UTC"
    ? formatUtc(startMs)
    : zone.at(startMs).toString({ timeZoneName: "never" });
  const known = [callSeconds ?? "", proportion?.toFixed(6) ?? "", bouts ?? ""];
  return [start, effortSeconds, ...known, scheduledSeconds].join(",");
}
