import type { ColumnTable } from "arquero";
import type { Cell, ReportTable } from "./report_model.ts";

/**
 * An Arquero table for a report: dates as `2016-11-01`, whole numbers as they are, others to five
 * digits or to whole numbers, and nothing where nothing is known.
 *
 * @param caption What it is.
 * @param from The table.
 * @returns The table for the page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const rows = table({ start: [new Date(0)], proportion: [1 / 3], low: [NaN] });
 * assert.deepEqual(reportTable("", rows).rows, [["1970-01-01", 0.33333, null]]);
 * ```
 */
export function reportTable(caption: string, from: ColumnTable): ReportTable {
  const columns = from.columnNames();
  const rows = (from.objects({ limit: Infinity }) as Record<string, unknown>[])
    .map((row) => columns.map((column) => cellOf(row[column])));
  return { caption, columns, rows };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  }
  if (typeof value === "number") {
    if (Number.isInteger(value)) return value;
    if (!Number.isFinite(value)) return null;
    return Math.abs(value) < 1e5 ? Number(value.toPrecision(5)) : Math.round(value);
  }
  return String(value);
}
