import { type ColumnTable, from } from "arquero";
import { type Presence, presenceColumns } from "../presence/mod.ts";

/** A cell that lost more than the last window of a recording has a gap in it. */
const GAP_SECONDS = 5;

/**
 * Counts at which hours of the day (UTC) the recorder's gaps begin, beside how much song there is:
 * maintenance that keeps hours can look like a diel pattern, or hide one. Pauses that a schedule
 * plans are no gaps.
 *
 * @param presence A presence table of cells up to an hour; of minutes, as an hour may hold several.
 * @returns 24 rows: `hour`, `gaps` (that begin in it), `unheard_s` (of what was scheduled),
 * `effort_s`, `proportion`.
 */
export function gapsByHour(presence: Presence): ColumnTable {
  const { startMs, effort, positive, scheduled } = presenceColumns(presence);
  const hours = Array.from({ length: 24 }, () => ({ gaps: 0, unheard: 0, effort: 0, positive: 0 }));
  // What comes before the first cell is not known.
  let isOpen = true;
  for (let cell = 0; cell < startMs.length; cell++) {
    const hour = hours[new Date(startMs[cell]).getUTCHours()];
    const missing = scheduled[cell] - effort[cell];
    hour.effort += effort[cell];
    hour.positive += positive[cell];
    hour.unheard += missing;
    if (scheduled[cell] === 0) continue;
    const isGap = missing >= Math.min(GAP_SECONDS, scheduled[cell]);
    if (isGap && !isOpen) hour.gaps++;
    isOpen = isGap;
  }
  return from(hours.map(({ gaps, unheard, effort, positive }, hour) => ({
    hour,
    gaps,
    unheard_s: unheard,
    effort_s: effort,
    proportion: positive / effort,
  })));
}
