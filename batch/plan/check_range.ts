import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { HoursOfDay } from "../../pipeline/scoring/mod.ts";
import { type PlannedHours, plannedHours } from "./shares.ts";

/**
 * Refuses a range without an hour.
 *
 * @param startMs First hour, epoch milliseconds.
 * @param stopMs The hour after the last.
 * @param hoursOfDay Which hours of the day are wanted; all by default.
 * @returns The range as plans name it, and how many hours it holds.
 * @throws {MegapteraError} `usage` where it holds none.
 */
export function checkRange(
  startMs: number,
  stopMs: number,
  hoursOfDay: HoursOfDay = { from: 0, to: 24 },
): { range: PlannedHours; hours: number } {
  const range = { start: formatUtc(startMs), stop: formatUtc(stopMs), hoursOfDay };
  const { start, stop } = range;
  if (stopMs <= startMs) {
    const what = stopMs === startMs ? "of 0 hours" : "that stops before it starts";
    throw new MegapteraError(
      "usage",
      `Cannot plan a range ${what}: --start ${start}, --stop ${stop}; --stop is the hour after ` +
        "the last.",
    );
  }
  const hours = plannedHours(range).length;
  if (hours > 0) return { range, hours };
  throw new MegapteraError(
    "usage",
    `Cannot plan ${start} to ${stop} as no hour of it lies in --hours ${hoursOfDay.from}-` +
      `${hoursOfDay.to}: choose other hours of the day.`,
  );
}
