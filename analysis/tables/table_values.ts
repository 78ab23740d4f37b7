import { isoTime, MegapteraError, type TimeZone } from "../../core/mod.ts";

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

/**
 * Reads a number of seconds of a table.
 *
 * @param text Such as `12.5`, or `12,5` with a comma as the decimal mark; not with three decimals
 * behind it, as `12,500` may be thousands.
 * @returns Seconds, ≥ 0; nothing where the text is no such number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(parseSeconds("12.5") === 12.5 && parseSeconds("-1") === undefined);
 * assert(parseSeconds("12,500000") === 12.5 && parseSeconds("12,500") === undefined);
 * ```
 */
export function parseSeconds(text: string): number | undefined {
  const point = /^\d+,(?:\d{1,2}|\d{4,})$/.test(text) ? text.replace(",", ".") : text;
  const isNumber = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(point);
  const seconds = isNumber ? Number(point) : NaN;
  return Number.isFinite(seconds) ? seconds : undefined;
}

/**
 * The fault of a file of bouts, annotations or coverage.
 *
 * @param name How to name the file.
 * @param line Its line, from 1.
 * @param rule Which rule is broken, and what was found.
 */
export function rowFault(name: string, line: number, rule: string): MegapteraError {
  return new MegapteraError("data", `Cannot read ${name} line ${line} as ${rule}.`);
}
