import { isoTime, type TimeZone } from "../../core/mod.ts";

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
  const time = isoTime(text);
  if (time === undefined) return undefined;
  const { wallMs, offsetMs } = time;
  if (offsetMs !== undefined) return wallMs - offsetMs;
  if (timeZone === undefined) return wallMs;
  const instants = timeZone.instants(wallMs);
  return instants.length === 1 ? instants[0] : undefined;
}
