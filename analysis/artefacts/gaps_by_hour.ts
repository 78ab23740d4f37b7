import { type ColumnTable, from } from "arquero";
import { presenceColumns } from "../cells/mod.ts";

/**
 * At which hours of the day (UTC) the recorder pauses, beside how much song there is: maintenance
 * that keeps hours can look like a diel pattern, or hide one.
 *
 * @param presence A presence table of cells up to an hour.
 * @returns 24 rows: `hour`, `gaps` (that begin in it), `unheard_s`, `effort_s`, `proportion`.
 */
export function gapsByHour(presence: ColumnTable): ColumnTable {
  const { startMs, effort, call, cellMs } = presenceColumns(presence);
  const hours = Array.from({ length: 24 }, () => ({ gaps: 0, unheard: 0, effort: 0, call: 0 }));
  for (let cell = 0; cell < startMs.length; cell++) {
    const hour = hours[new Date(startMs[cell]).getUTCHours()];
    hour.effort += effort[cell];
    hour.call += call[cell];
    hour.unheard += cellMs / 1000 - effort[cell];
    const whole = effort[cell] === cellMs / 1000;
    if (cell > 0 && !whole && effort[cell - 1] === cellMs / 1000) hour.gaps++;
  }
  return from(hours.map(({ gaps, unheard, effort, call }, hour) => ({
    hour,
    gaps,
    unheard_s: unheard,
    effort_s: effort,
    proportion: call / effort,
  })));
}
