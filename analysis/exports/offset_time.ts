/**
 * A time in the form that both PARS and PAMscapes read: whole seconds, with an offset.
 *
 * @param ms Epoch milliseconds, whole seconds.
 * @returns For example `2023-08-04T22:00:00+0000`.
 * @throws {RangeError} Where they are not whole seconds: both would drop the time or the row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(offsetTime(0) === "1970-01-01T00:00:00+0000");
 * ```
 */
export function offsetTime(ms: number): string {
  if (ms % 1000 !== 0) throw new RangeError(`Cannot write a time of ${ms} ms in whole seconds`);
  return new Date(ms).toISOString().replace(".000Z", "+0000");
}
