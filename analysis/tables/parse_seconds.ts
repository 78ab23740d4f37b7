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
