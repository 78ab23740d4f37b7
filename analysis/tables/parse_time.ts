import { stamps } from "../../pipeline/recording/stamps.ts";
import type { TimeZone } from "../../pipeline/recording/time_zone.ts";

/**
 * An ISO 8601 time.
 *
 * @param text Such as `2021-01-01T09:30:00.250Z` or `2021-01-01T09:30:00+0200`.
 * @param timeZone The zone of times without one; UTC unless given.
 * @returns Epoch milliseconds; nothing where the text is no time, or one that summer time skips or
 * repeats.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(parseTime("1970-01-01T00:00:01.5Z") === 1500);
 * assert(parseTime("12.5") === undefined);
 * ```
 */
export function parseTime(text: string, timeZone?: TimeZone): number | undefined {
  const stamp = stamps(text).find((found) => found.text === text);
  if (stamp === undefined || stamp.hasZone || timeZone === undefined) return stamp?.ms;
  const instants = timeZone.instants(stamp.ms);
  return instants.length === 1 ? instants[0] : undefined;
}
