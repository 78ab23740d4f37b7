import { type ColumnTable, table } from "arquero";

/** What a cell holds: seconds listened to, and of those with song. */
export type Cell = [effort: number, positive: number];

/**
 * A presence table made by a rule.
 *
 * @param startMs Start of the first cell, epoch milliseconds.
 * @param cells How many cells.
 * @param cellSeconds Length of a cell.
 * @param rule What the cell that starts at an instant holds.
 */
export function presenceTable(
  startMs: number,
  cells: number,
  cellSeconds: number,
  rule: (ms: number, cell: number) => Cell,
): ColumnTable {
  const start = Array.from({ length: cells }, (_, i) => new Date(startMs + i * cellSeconds * 1000));
  const held = start.map((date, i) => rule(date.getTime(), i));
  return table({
    start,
    effort_s: held.map(([effort]) => effort),
    call_s: held.map(([, positive]) => positive),
    proportion: held.map(([effort, positive]) => positive / effort),
    bouts: held.map(() => 0),
  });
}
