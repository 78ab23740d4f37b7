/**
 * A text as a cell that people open in a spreadsheet: without marks that end a cell or a line
 * or turn text around, and with a `'` before what a spreadsheet would take for a formula (`=`, `+`, `-`, `@`).
 *
 * Source: OWASP, CSV injection.
 *
 * @param text Any text, such as the name of a file.
 * @returns The cell.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(safeCell("=1+1\t.wav"), "'=1+1\u{fffd}.wav");
 * assert.equal(safeCell("a=b.wav"), "a=b.wav");
 * ```
 */
export function safeCell(text: string): string {
  // deno-lint-ignore no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
  return /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
}

/**
 * A number as a cell that people open in a spreadsheet: never with exactly three decimals, as in
 * languages that write `1.000` for a thousand it would turn `36.713` into 36713.
 *
 * @param value Any number.
 * @returns The cell, the same number to whoever reads the point as the decimal mark.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([36.713, 0.5, 12].map(numberCell), ["36.7130", "0.5", "12"]);
 * ```
 */
export function numberCell(value: number): string {
  const text = String(value);
  return /\.\d{3}$/.test(text) ? `${text}0` : text;
}

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
