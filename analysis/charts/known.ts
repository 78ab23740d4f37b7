/**
 * A number for a chart's data: rounded, and null where nothing is known, never 0.
 *
 * @param value The number; NaN, null or undefined where nothing is known.
 * @param digits Digits after the point, 4 by default.
 * @returns It, or null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.123456, NaN, null].map((value) => known(value)), [0.1235, null, null]);
 * ```
 */
export function known(value: unknown, digits = 4): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? Number(number.toFixed(digits)) : null;
}
