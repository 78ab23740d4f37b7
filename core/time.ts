import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds in an hour. */
export const HOUR_MS = 3_600_000;
/** Milliseconds in a day of UTC. */
export const DAY_MS = 86_400_000;

/**
 * Finds the start of the hour that an instant lies in.
 *
 * @param ms The instant, epoch milliseconds.
 * @returns Epoch milliseconds, a multiple of `HOUR_MS`.
 */
export function hourOf(ms: number): number {
  return Math.floor(ms / HOUR_MS) * HOUR_MS;
}

/**
 * Finds the start of the day of UTC that an instant lies in.
 *
 * @param ms The instant, epoch milliseconds.
 * @returns Epoch milliseconds, a multiple of `DAY_MS`.
 */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS;
}

/**
 * Writes a time as ISO 8601 in UTC, without milliseconds where the seconds are whole.
 *
 * @param ms Epoch milliseconds, an integer.
 * @returns For example `2021-01-01T09:30:00Z` or `2021-01-01T09:30:00.250Z`.
 * @throws {RangeError} Where `ms` is not an integer that a `Date` can hold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatUtc } from "./time.ts";
 * assert.equal(formatUtc(0), "1970-01-01T00:00:00Z");
 * assert.equal(formatUtc(250), "1970-01-01T00:00:00.250Z");
 * ```
 */
export function formatUtc(ms: number): string {
  if (!Number.isInteger(ms) || Math.abs(ms) > 8.64e15) {
    throw new RangeError(`Cannot format a time as it must be whole milliseconds of a date: ${ms}`);
  }
  const iso = new Date(ms).toISOString();
  return ms % 1000 === 0 ? iso.replace(".000Z", "Z") : iso;
}

/** Time: a seam, so that a test decides it. */
export interface Clock {
  /** Tells the time, epoch milliseconds. */
  nowMs(): number;
  /** Waits; as the system does where it is left out. */
  sleep?(ms: number): Promise<void>;
}

/** The system's clock. */
export const REAL_CLOCK: Required<Clock> = {
  nowMs: () => Date.now(),
  sleep: async (ms) => void await sleep(ms),
};

/**
 * Tells the year that a season began in.
 *
 * @param ms An instant in the season, epoch milliseconds.
 * @param firstMonth Month (UTC) that seasons begin with, 1 to 12.
 * @returns The year.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const year = seasonYear(Date.UTC(2016, 1, 3), 8);
 * assert(year === 2015 && seasonName(year, 8) === "2015/16");
 * ```
 */
export function seasonYear(ms: number, firstMonth: number): number {
  const date = new Date(ms);
  return date.getUTCFullYear() - (date.getUTCMonth() + 1 < firstMonth ? 1 : 0);
}

/**
 * Names a season by its years.
 *
 * @param year The year that it began in.
 * @param firstMonth Month that seasons begin with, 1 to 12.
 * @returns `2015/16`; `2016` where it begins in January.
 */
export function seasonName(year: number, firstMonth: number): string {
  return firstMonth === 1 ? `${year}` : `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
}
