import type { ColumnTable } from "arquero";
import { DAY_MS } from "../../core/mod.ts";

/** A presence table's columns as plain arrays, for kernels. */
export interface PresenceColumns {
  /** `[cells]` UTC start of each cell, epoch milliseconds, ascending, one cell apart. */
  startMs: Float64Array;
  /** `[cells]` seconds listened to. */
  effort: Float64Array;
  /** `[cells]` seconds with song. */
  call: Float64Array;
  /** `[cells]` seconds that would have been listened to had all been recorded that was planned. */
  scheduled: Float64Array;
  /** Length of a cell, milliseconds; a day is a whole number of them. */
  cellMs: number;
}

/** Tables don't change: those that were taken apart before need not be again. */
const known = new WeakMap<ColumnTable, PresenceColumns>();

/**
 * Takes a presence table apart: columns `start` (Date, UTC), `effort_s`, `call_s`, and `scheduled_s`
 * where the recorder slept by a schedule (else all of a cell was to be recorded); one row a cell, every
 * cell of the range. A table of a single cell says by `stop` (Date) how long it is.
 *
 * @param table The presence table.
 * @returns Its columns, which are shared: they must not be changed.
 * @throws {RangeError} Where it is no such table: a column is missing, a cell is missing or twice,
 * song is longer than effort, or a single cell does not say how long it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = [0, 3_600_000].map((ms) => new Date(ms));
 * const columns = presenceColumns(table({ start, effort_s: [3600, 0], call_s: [60, 0] }));
 * assert(columns.cellMs === 3_600_000 && columns.call[0] === 60);
 * ```
 */
export function presenceColumns(table: ColumnTable): PresenceColumns {
  const columns = known.get(table) ?? takeApart(table);
  known.set(table, columns);
  return columns;
}

function takeApart(table: ColumnTable): PresenceColumns {
  // Without effort nothing is known of song: the table has null there, which becomes 0.
  const column = (name: string): Float64Array => {
    if (!table.columnNames().includes(name)) {
      throw new RangeError(`Cannot analyse presence without a column "${name}" in its table`);
    }
    const held = table.isFiltered() || table.isOrdered() ? undefined : table.column(name);
    return held instanceof Float64Array ? held : table.array(name, Float64Array) as Float64Array;
  };
  const [startMs, effort, call] = ["start", "effort_s", "call_s"].map(column);
  const cellMs = startMs.length > 1 ? startMs[1] - startMs[0] : onlyCellMs(table, startMs);
  if (!(cellMs > 0) || DAY_MS % cellMs !== 0 || startMs[0] % cellMs !== 0) {
    throw new RangeError(
      "Cannot analyse presence as its cells must be whole minutes or hours of UTC: found " +
        `${cellMs / 1000} s from ${new Date(startMs[0]).toISOString()} on`,
    );
  }
  const scheduled = table.columnNames().includes("scheduled_s")
    ? column("scheduled_s")
    : new Float64Array(startMs.length).fill(cellMs / 1000);
  for (let cell = 0; cell < startMs.length; cell++) {
    if (startMs[cell] !== startMs[0] + cell * cellMs) {
      throw new RangeError(`Cannot analyse presence as cells are missing or twice at row ${cell}`);
    }
    if (!(call[cell] >= 0 && call[cell] <= effort[cell] && effort[cell] <= cellMs / 1000)) {
      throw new RangeError(
        `Cannot analyse presence as row ${cell} has ${call[cell]} s of song in ${effort[cell]} s ` +
          `of effort in ${cellMs / 1000} s`,
      );
    }
    if (!(scheduled[cell] >= 0 && scheduled[cell] <= cellMs / 1000)) {
      throw new RangeError(
        `Cannot analyse presence as row ${cell} has ${scheduled[cell]} s of scheduled effort in ` +
          `${cellMs / 1000} s`,
      );
    }
  }
  return { startMs, effort, call, scheduled, cellMs };
}

function onlyCellMs(table: ColumnTable, startMs: Float64Array): number {
  if (startMs.length === 0) throw new RangeError("Cannot analyse presence of no cells");
  if (!table.columnNames().includes("stop")) {
    throw new RangeError(
      'Cannot analyse presence of a single cell without a column "stop", which says how long it is',
    );
  }
  return Number(table.get("stop", 0)) - startMs[0];
}
