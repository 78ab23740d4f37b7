import { type ColumnTable, from } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import { presenceColumns } from "../cells/mod.ts";

/** Cells of time that effort is summed over; all of UTC, weeks from Monday. */
export type EffortCell = "hour" | "day" | "week" | "month" | "year" | "hour of day";

/**
 * How much was listened to, by cells of time.
 *
 * @param presence A presence table of cells no longer than those asked for.
 * @param cell Which cells.
 * @returns A row a cell: `start` (Date; `hour` for hours of the day), `effort_s`, `possible_s` (what
 * there is of it within the table), `coverage` (of what was to be recorded: the column `scheduled_s`,
 * or all).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 48 }, (_, hour) => new Date(hour * 3_600_000));
 * const effort_s = start.map((_, hour) => hour < 12 ? 3600 : 0);
 * const days = effortBy(table({ start, effort_s, call_s: effort_s }), "day");
 * assert.deepEqual(days.array("coverage"), [0.5, 0]);
 * ```
 */
export function effortBy(presence: ColumnTable, cell: EffortCell): ColumnTable {
  const { startMs, effort, scheduled, cellMs } = presenceColumns(presence);
  const sums = new Map<number, { effort: number; possible: number; scheduled: number }>();
  for (let i = 0; i < startMs.length; i++) {
    const key = keyOf(startMs[i], cell);
    const sum = sums.get(key) ?? { effort: 0, possible: 0, scheduled: 0 };
    sum.effort += effort[i];
    sum.possible += cellMs / 1000;
    sum.scheduled += scheduled[i];
    sums.set(key, sum);
  }
  const rows = [...sums].sort(([a], [b]) => a - b).map((
    [key, { effort, possible, scheduled }],
  ) => ({
    ...cell === "hour of day" ? { hour: key } : { start: new Date(key) },
    effort_s: effort,
    possible_s: possible,
    coverage: effort / scheduled,
  }));
  return from(rows);
}

/** The start of the cell that an instant lies in, or its hour of the day. */
function keyOf(ms: number, cell: EffortCell): number {
  const date = new Date(ms);
  const day = Math.floor(ms / DAY_MS) * DAY_MS;
  switch (cell) {
    case "hour":
      return Math.floor(ms / 3_600_000) * 3_600_000;
    case "day":
      return day;
    case "week":
      return day - (date.getUTCDay() + 6) % 7 * DAY_MS;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    case "year":
      return Date.UTC(date.getUTCFullYear(), 0);
    case "hour of day":
      return date.getUTCHours();
  }
}
