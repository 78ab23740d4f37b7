import { parse } from "csv-parse/sync";
import { MegapteraError } from "../../pipeline/errors.ts";
import { rowFault } from "./row_fault.ts";

/** A row of a table. */
export interface TableRow {
  /** Line of the file, from 1. */
  line: number;
  /**
   * The cell of a column, without spaces around it; empty where the table lacks the column.
   *
   * @param names Names of the column, any of them; case does not count.
   */
  cell(...names: string[]): string;
}

/** A table with a header. */
export interface Table {
  /** Names of its columns. */
  columns: string[];
  /** Its rows. */
  rows: TableRow[];
}

/**
 * Reads a table: commas with quotes, or tabs without, as its header shows.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @returns Header and rows; empty lines are left out.
 * @throws {MegapteraError} `data` where there is no header, a row is not as long as it, a quote is
 * not closed, or a column comes twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { rows } = readTable("start,end\n1,2\n", "calls.csv");
 * assert(rows[0].cell("End") === "2" && rows[0].line === 2);
 * ```
 */
export function readTable(text: string, name: string): Table {
  const [header, ...records] = splitRows(text, name);
  if (header === undefined) {
    throw new MegapteraError("data", `Cannot read ${name} as it is empty: it needs a header.`);
  }
  const places = new Map<string, number>();
  for (const [place, column] of header.cells.entries()) {
    const key = column.trim().toLowerCase();
    if (key !== "" && places.has(key)) {
      throw rowFault(name, header.line, `a column comes once: "${column}" comes twice`);
    }
    places.set(key, place);
  }
  const rows = records.map(({ line, cells }) => {
    if (cells.length !== header.cells.length) {
      throw rowFault(
        name,
        line,
        `a row has as many cells as the header, ${header.cells.length}: found ${cells.length}`,
      );
    }
    const cell = (...names: string[]): string => {
      const place = names.map((column) => places.get(column.toLowerCase()))
        .find((found) => found !== undefined);
      return place === undefined ? "" : cells[place].trim();
    };
    return { line, cell };
  });
  return { columns: header.cells.map((column) => column.trim()), rows };
}

function splitRows(text: string, name: string): { line: number; cells: string[] }[] {
  const whole = text.replace(/^\ufeff/, "");
  const firstLine = whole.slice(0, whole.search(/[\r\n]|$/));
  // Raven writes tables without quotes, so that a quote in a tabbed cell is a quote.
  if (firstLine.includes("\t")) {
    return whole.split(/\r\n|\n|\r/).map((row, i) => ({ line: i + 1, cells: row.split("\t") }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  }
  try {
    const records = parse(whole, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (cause) {
    const { lines } = cause as { lines?: number };
    throw rowFault(name, lines ?? 1, "its quotes do not match: a cell that has one is left open");
  }
}
