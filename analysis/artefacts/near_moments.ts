import { DAY_MS } from "../../core/mod.ts";
import type { PresenceColumns } from "../cells/mod.ts";
import { type Difference, differenceOfDays } from "../statistics/mod.ts";

/** Song near some moments, and beside them. */
export interface NearMoments {
  nearEffort: number;
  nearCall: number;
  besideEffort: number;
  besideCall: number;
  /** Near minus beside, at the level of days. */
  difference: Difference;
}

/**
 * Compares song near some moments with song a little farther from them, so that season and time of
 * day are alike on both sides. A cell counts by its middle.
 *
 * @param columns The cells.
 * @param momentsMs The moments, epoch milliseconds, ascending.
 * @param nearMs Cells up to this far are near, > 0.
 * @param besideMs Cells beyond that and up to this far are beside, > `nearMs`.
 * @returns Effort and song on both sides, and their difference.
 * @throws {RangeError} Where `besideMs` is not beyond `nearMs`.
 */
export function nearMoments(
  columns: PresenceColumns,
  momentsMs: ArrayLike<number>,
  nearMs: number,
  besideMs: number,
): NearMoments {
  if (!(nearMs > 0 && besideMs > nearMs)) {
    throw new RangeError(
      `Cannot compare near (${nearMs} ms) with beside (${besideMs} ms): beside must reach farther`,
    );
  }
  const { startMs, effort, call, cellMs } = columns;
  const firstDay = Math.floor(startMs[0] / DAY_MS);
  const days = Math.floor(startMs[startMs.length - 1] / DAY_MS) - firstDay + 1;
  const make = () => ({ part: new Float64Array(days), effort: new Float64Array(days) });
  const [near, beside] = [make(), make()];
  let next = 0;
  for (let cell = 0; cell < startMs.length; cell++) {
    const middle = startMs[cell] + cellMs / 2;
    while (next < momentsMs.length && momentsMs[next] < middle) next++;
    const before = next > 0 ? middle - momentsMs[next - 1] : Infinity;
    const after = next < momentsMs.length ? momentsMs[next] - middle : Infinity;
    const apart = Math.min(before, after);
    if (apart > besideMs) continue;
    const side = apart <= nearMs ? near : beside;
    const day = Math.floor(startMs[cell] / DAY_MS) - firstDay;
    side.part[day] += call[cell];
    side.effort[day] += effort[cell];
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    nearEffort: sum(near.effort),
    nearCall: sum(near.part),
    besideEffort: sum(beside.effort),
    besideCall: sum(beside.part),
    difference: differenceOfDays(near, beside),
  };
}
