import { numberCell } from "./safe_cell.ts";

/**
 * Rows as CSV, quoted where RFC 4180 asks for it.
 *
 * @param rows Cells as text or numbers, the header first; none of them is quoted without need.
 * @returns The text, a line feed after each row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(csvText([["a", 'b"c'], [1, ""]]) === 'a,"b""c"\n1,\n');
 * ```
 */
export function csvText(rows: readonly (readonly (string | number | boolean)[])[]): string {
  const cell = (value: string | number | boolean): string => {
    const text = typeof value === "number" ? numberCell(value) : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => row.map(cell).join(",") + "\n").join("");
}
