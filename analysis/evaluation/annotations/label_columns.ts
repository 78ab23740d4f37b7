import { MegapteraError } from "../../../pipeline/errors.ts";
import type { Table } from "../../tables/read_table.ts";

const USUAL = ["Label", "Annotation", "Tags", "Species", "Class", "Call Type"];

/**
 * Which columns may hold the label of a table's rows.
 *
 * @param table The table.
 * @param wanted The column that the user named.
 * @param name How to name the file in errors.
 * @returns Names for `cell`.
 * @throws {MegapteraError} `usage` where the table has no such column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(labelColumns({ columns: ["Notes"], rows: [] }, "notes", "a.txt")[0] === "notes");
 * ```
 */
export function labelColumns(table: Table, wanted: string | undefined, name: string): string[] {
  if (wanted === undefined) return USUAL;
  if (table.columns.some((column) => column.toLowerCase() === wanted.toLowerCase())) {
    return [wanted];
  }
  throw new MegapteraError(
    "usage",
    `Cannot take labels from the column "${wanted}" of ${name} as it has none of that name: its ` +
      `columns are ${table.columns.join(", ")}.`,
  );
}
