/**
 * A number of seconds as a table has it.
 *
 * @param text Such as `12.5`.
 * @returns Seconds, ≥ 0; nothing where the text is no such number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(parseSeconds("12.5") === 12.5 && parseSeconds("-1") === undefined);
 * ```
 */
export function parseSeconds(text: string): number | undefined {
  const seconds = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(seconds) ? seconds : undefined;
}
