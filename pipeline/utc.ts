/**
 * A time as ISO 8601 in UTC, without milliseconds where the seconds are whole.
 *
 * @param ms Epoch milliseconds, an integer.
 * @returns For example `2021-01-01T09:30:00Z` or `2021-01-01T09:30:00.250Z`.
 * @throws {RangeError} Where `ms` is not an integer that a `Date` can hold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatUtc } from "./utc.ts";
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
