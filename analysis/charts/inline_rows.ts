/**
 * Many rows as the data of a chart: one string of JSON, which notebooks do not spread over a line a
 * number. (CSV would be shorter, but Vega reads it by `eval`, which pages forbid.)
 *
 * @param rows The rows.
 * @returns Vega-Lite data.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(inlineRows([{ x: 1 }]), { values: '[{"x":1}]', format: { type: "json" } });
 * ```
 */
export function inlineRows(rows: readonly unknown[]): unknown {
  return { values: JSON.stringify(rows), format: { type: "json" } };
}
