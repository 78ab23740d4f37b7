import { isEarthly } from "./time_zone.ts";

/** A time as a text has it. */
export interface IsoTime {
  /** Time that the clock showed, as if it were UTC: epoch milliseconds. */
  readonly wallMs: number;
  /** Offset of that clock, ahead of UTC, milliseconds; left out where the text does not say it. */
  readonly offsetMs?: number;
}

const ISO =
  /^(\d{4})([-_]?)(\d\d)\2(\d\d)[T _-](\d\d)([:_-]?)(\d\d)\6(\d\d)([.,]\d{1,9})?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * Reads a text that is an ISO 8601 time and nothing else: extended or basic, also with a space, `_`
 * or `-` for `T` and `:`. Second 60 is the next minute's first.
 *
 * @param text Such as `2021-01-01T09:30:00.250Z` or `20210101T093000+0200`.
 * @returns What it says, to the millisecond; nothing where it is no time of a day that exists.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(isoTime("1970-01-01T02:00:01.5+02:00"), {
 *   wallMs: 7_201_500,
 *   offsetMs: 7_200_000,
 * });
 * assert.equal(isoTime("2021-02-30T00:00:00Z"), undefined);
 * ```
 */
export function isoTime(text: string): IsoTime | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [, year, , month, day, hour, , minute, second, fraction = "", zone] = parts;
  const wallMs = wallTime({ year, month, day, hour, minute, second });
  if (wallMs === undefined) return undefined;
  const ms = wallMs + Math.round(Number(`0.${fraction.slice(1) || "0"}`) * 1000);
  if (zone === undefined) return { wallMs: ms };
  const offsetMs = offsetOf(zone);
  return isEarthly(offsetMs / 60_000) ? { wallMs: ms, offsetMs } : undefined;
}

/** A date and time of day, by their digits. */
export interface ClockDigits {
  /** Year; of two digits, 69 to 99 are of the last century, as POSIX has it. */
  readonly year: string | number;
  readonly month: string | number;
  readonly day: string | number;
  /** Counted from 1, instead of month and day. */
  readonly dayOfYear?: string | undefined;
  readonly hour: string | number;
  readonly minute: string | number;
  readonly second?: string | number | undefined;
}

/**
 * Makes a time of the digits that a clock showed. Second 60, of leap seconds and of programs that
 * round up, is the next minute's first.
 *
 * @param digits The digits, decimal.
 * @returns Epoch milliseconds, as if the clock showed UTC; nothing where there is no such time.
 */
export function wallTime(digits: ClockDigits): number | undefined {
  const [month, day, hour, minute, second] = [
    digits.month,
    digits.day,
    digits.hour,
    digits.minute,
    digits.second ?? 0,
  ].map(Number);
  const shown = String(digits.year);
  const year = Number(shown) + (shown.length > 2 ? 0 : Number(shown) >= 69 ? 1900 : 2000);
  const isLeap = second === 60;
  try {
    const time = { hour, minute, second: isLeap ? 59 : second };
    let date = Temporal.PlainDateTime.from({ year, month, day, ...time }, { overflow: "reject" });
    if (digits.dayOfYear !== undefined) {
      date = date.with({ month: 1, day: 1 }).add({ days: Number(digits.dayOfYear) - 1 });
      if (date.year !== year) return undefined;
    }
    return date.toZonedDateTime("UTC").epochMilliseconds + (isLeap ? 1000 : 0);
  } catch {
    return undefined;
  }
}

/**
 * Reads how far a zone is ahead of UTC.
 *
 * @param zone Such as `Z`, `+0200`, `-05:00` or `+10`; it is not checked.
 * @returns Milliseconds.
 */
export function offsetOf(zone: string): number {
  const digits = zone.replace(/\D/g, "").padEnd(4, "0");
  const minutes = 60 * Number(digits.slice(0, 2)) + Number(digits.slice(2));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}

/**
 * Writes an offset from UTC as `--timezone` takes it.
 *
 * @param offsetMs How far a clock is ahead of UTC, milliseconds: whole minutes.
 * @returns Such as `-08:00`.
 */
export function formatOffset(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
