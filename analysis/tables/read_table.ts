import { parse } from "csv-parse/sync";
import { MegapteraError } from "../../core/mod.ts";
import { rowFault } from "./table_values.ts";

/** A row of a table. */
export interface TableRow {
  /** Line of the file, from 1. */
  line: number;
  /**
   * The cell of a column, without spaces around it; empty where the table lacks the column.
   *
   * @param names Names of the column, the first that the table has counts; case does not, nor do
   * marks and spaces: `Begin.Time..s.`, as R writes it, is `Begin Time (s)`.
   */
  cell(...names: string[]): string;
}

/** A table with a header. */
export interface Table {
  /** Names of its columns. */
  columns: string[];
  /** Tells whether it has a column of one of these names, as `cell` compares them. */
  has(...names: string[]): boolean;
  /** Its rows. */
  rows: TableRow[];
}

/** Gives a column's name without case, marks and spaces. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Reads a table: commas or semicolons with quotes, or tabs, as its header shows. Beside semicolons a
 * comma is the decimal mark.
 *
 * @param text The file's text.
 * @param name How to name the file in errors.
 * @param columns Its columns, where it has no header.
 * @returns Header and rows; empty lines are left out.
 * @throws {MegapteraError} `data` where there is no header, a row is not as long as it (of a table of
 * tabs without quotes, longer), a quote is not closed, or a column comes twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { rows } = readTable("start,end\n1,2\n", "calls.csv");
 * assert(rows[0].cell("End") === "2" && rows[0].line === 2);
 * ```
 */
export function readTable(text: string, name: string, columns?: readonly string[]): Table {
  const { split, isTabbed } = splitRows(text, name);
  const [header, ...records] = columns ? [{ line: 0, cells: [...columns] }, ...split] : split;
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
  const keys = header.cells.map(columnKey);
  const found = new Map<string, number | undefined>();
  const placeOf = (names: readonly string[]): number | undefined => {
    for (const column of names) {
      if (!found.has(column)) {
        const alike = keys.indexOf(columnKey(column));
        found.set(column, places.get(column.toLowerCase()) ?? (alike < 0 ? undefined : alike));
      }
      if (found.get(column) !== undefined) return found.get(column);
    }
    return undefined;
  };
  const rows = records.map(({ line, cells: found }) => {
    // Raven leaves out the empty cells at the end of a row.
    const cells = isTabbed ? padded(found, header.cells.length) : found;
    if (cells.length !== header.cells.length) {
      throw rowFault(
        name,
        line,
        `a row has as many cells as the header, ${header.cells.length}: found ${found.length}`,
      );
    }
    const cell = (...names: string[]): string => {
      const place = placeOf(names);
      return place === undefined ? "" : cells[place].trim();
    };
    return { line, cell };
  });
  const has = (...names: string[]): boolean => placeOf(names) !== undefined;
  return { columns: header.cells.map((column) => column.trim()), has, rows };
}

/** Makes a row of tabs as long as its header, where only empty cells make the difference. */
function padded(cells: readonly string[], length: number): string[] {
  const isRest = cells.slice(length).every((cell) => cell.trim() === "");
  const missing = Math.max(0, length - cells.length);
  return [...isRest ? cells.slice(0, length) : cells, ...Array<string>(missing).fill("")];
}

interface SplitRows {
  split: { line: number; cells: string[] }[];
  /** Whether it has tabs and no quotes, as Raven writes tables. */
  isTabbed: boolean;
}

function splitRows(text: string, name: string): SplitRows {
  const whole = text.replace(/^\ufeff/, "");
  const firstLine = whole.slice(0, whole.search(/[\r\n]|$/));
  const count = (mark: string): number => firstLine.split(mark).length;
  const delimiter = count("\t") > 1 ? "\t" : count(";") > count(",") ? ";" : ",";
  // Raven writes tables without quotes, so that a quote in a tabbed cell is a quote; R quotes all.
  if (delimiter === "\t" && !/^"[^\t]*"(?:\t|$)/.test(firstLine)) {
    const split = whole.split(/\r\n|\n|\r/)
      .map((row, i) => ({ line: i + 1, cells: row.split("\t") }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
    return { split, isTabbed: true };
  }
  try {
    const records = parse(whole, {
      info: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const cellOf = (cell: string): string =>
      delimiter === ";" && /^-?\d+,\d+$/.test(cell) ? cell.replace(",", ".") : cell;
    const split = records.map(({ record, info }) => ({
      line: info.lines,
      cells: record.map(cellOf),
    }));
    return { split, isTabbed: false };
  } catch (cause) {
    const { lines } = cause as { lines?: number };
    throw rowFault(name, lines ?? 1, "its quotes do not match: a cell that has one is left open");
  }
}
