import type { ColumnTable } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import type { DayCube } from "../cells/mod.ts";
import { bySpan } from "./by_span.ts";

/** Monday, 5 January 1970. */
const MONDAY_DAY = 4;

/**
 * The season curve by weeks from Monday to Sunday (UTC).
 *
 * @param presence A presence table of cells up to an hour.
 * @returns A row a week, as `bySpan` describes; a week is too short for an interval, and all are
 * `descriptive`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 24 * 14 }, (_, hour) => new Date(hour * 3_600_000));
 * const presence = table({ start, effort_s: start.map(() => 3600), call_s: start.map(() => 0) });
 * assert.deepEqual(byWeek(presence).array("days"), [4, 7, 3]);
 * ```
 */
export function byWeek(presence: ColumnTable): ColumnTable {
  return bySpan(presence, weekRanges);
}

function weekRanges({ firstDayMs, days }: DayCube): [number, number][] {
  const firstDay = firstDayMs / DAY_MS;
  const ranges: [number, number][] = [];
  for (let from = 0; from < days;) {
    const weekday = ((firstDay + from - MONDAY_DAY) % 7 + 7) % 7;
    const to = Math.min(days, from + 7 - weekday);
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}
