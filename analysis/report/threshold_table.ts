import type { SensitivityRow } from "../presence/mod.ts";
import type { ReportTable } from "./report_model.ts";

/**
 * How calls and presence change with the threshold, as a table.
 *
 * @param rows What thresholds make of the scores.
 * @returns A row a threshold: `threshold`, `calls`, `calls_per_hour` of effort, `call_s`, `naive`
 * (song over effort), `hours_with_song`, `hours_heard`; nothing where nothing was heard.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const hour = { effortSeconds: 3600, hours: 1, presentHours: 1 };
 * const row = { threshold: 0.5, calls: 2, positiveSeconds: 900, ...hour };
 * assert.deepEqual(thresholdTable([row]).rows, [[0.5, 2, 2, 900, 0.25, 1, 1]]);
 * ```
 */
export function thresholdTable(rows: readonly SensitivityRow[]): ReportTable {
  const share = (part: number, whole: number): number | null =>
    whole === 0 ? null : Number((part / whole).toPrecision(5));
  return {
    caption: "Calls and presence by threshold",
    columns: [
      "threshold",
      "calls",
      "calls_per_hour",
      "call_s",
      "naive",
      "hours_with_song",
      "hours_heard",
    ],
    rows: rows.map((row) => [
      row.threshold,
      row.calls,
      share(3600 * row.calls, row.effortSeconds),
      row.positiveSeconds,
      share(row.positiveSeconds, row.effortSeconds),
      row.presentHours,
      row.hours,
    ]),
  };
}
