import type { ColumnTable } from "arquero";
import { monthRanges } from "../cells/mod.ts";
import { bySpan } from "./by_span.ts";

/**
 * The season curve by calendar months (UTC).
 *
 * @param presence A presence table of cells up to an hour.
 * @returns A row a month, as `bySpan` describes; intervals of single months are `approximate`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 24 * 60 }, (_, hour) => new Date(hour * 3_600_000));
 * const presence = table({ start, effort_s: start.map(() => 3600), call_s: start.map(() => 900) });
 * const months = byMonth(presence);
 * assert(months.numRows() === 3 && months.get("proportion", 0) === 0.25);
 * ```
 */
export function byMonth(presence: ColumnTable): ColumnTable {
  return bySpan(presence, monthRanges);
}
