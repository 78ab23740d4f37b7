import { DAY_MS } from "../../pipeline/recording/archive/archive.ts";
import type { ColumnTable } from "arquero";

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
 * cell of the range.
 *
 * @param table The presence table.
 * @returns Its columns, which are shared: they must not be changed.
 * @throws {RangeError} Where it is no such table: a column is missing, a cell is missing or twice,
 * or song is longer than effort.
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
  const column = (name: string): ArrayLike<unknown> => {
    if (!table.columnNames().includes(name)) {
      throw new RangeError(`Cannot analyse presence without a column "${name}" in its table`);
    }
    return table.array(name) as ArrayLike<unknown>;
  };
  const startMs = Float64Array.from(column("start"), Number);
  const effort = Float64Array.from(column("effort_s"), Number);
  // Without effort nothing is known of song: the table has null there.
  const call = Float64Array.from(column("call_s"), (value) => Number(value ?? 0));
  if (startMs.length < 2) {
    throw new RangeError(`Cannot analyse presence of fewer than two cells: ${startMs.length}`);
  }
  const cellMs = startMs[1] - startMs[0];
  if (!(cellMs > 0) || DAY_MS % cellMs !== 0 || startMs[0] % cellMs !== 0) {
    throw new RangeError(
      "Cannot analyse presence as its cells must be whole minutes or hours of UTC: found " +
        `${cellMs / 1000} s from ${new Date(startMs[0]).toISOString()} on`,
    );
  }
  const scheduled = table.columnNames().includes("scheduled_s")
    ? Float64Array.from(column("scheduled_s"), Number)
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
  }
  return { startMs, effort, call, scheduled, cellMs };
}
