import { ColumnTable } from "arquero";

/** What a notebook shows: the same thing in several forms, of which the viewer takes the best. */
export type Forms = Record<string, unknown>;

/** Something that a notebook shows when a cell ends with it. */
export interface Shown {
  [key: symbol]: () => Forms | Promise<Forms>;
}

/** Where Deno's kernel looks for what to show. */
export const DISPLAY: symbol = Symbol.for("Jupyter.display");

/** Lets tables show as such, with their first rows and how many there are; times are UTC. */
export function showTables(limit = 12): void {
  const prototype = ColumnTable.prototype as unknown as Shown;
  prototype[DISPLAY] = function (this: ColumnTable): Forms {
    const size = `${this.numRows()} rows, ${this.numCols()} columns`;
    const format = Object.fromEntries(
      this.columnNames().filter((name) => hasTimes(this, name, limit))
        .map((name) => [name, utc]),
    );
    return {
      "text/html": `${this.toHTML({ limit, format })}<p>${size}</p>`,
      "text/plain": `${size}: ${this.columnNames().join(", ")}`,
    };
  } as unknown as () => Forms;
}

function hasTimes(table: ColumnTable, name: string, limit: number): boolean {
  const rows = Array.from(
    { length: Math.min(limit, table.numRows()) },
    (_, row) => row,
  );
  return rows.some((row) => table.get(name, row) instanceof Date);
}

/** Formats a time in its ISO form with Z: Arquero's own is the computer's local time, without a zone. */
function utc(value: unknown): string {
  return value instanceof Date ? value.toISOString().replace(".000Z", "Z") : "";
}
