import { type ColumnTable, from } from "arquero";
import { DAY_MS } from "../../core/mod.ts";
import {
  intervalColumns,
  type Presence,
  type PresenceColumns,
  presenceColumns,
} from "../presence/mod.ts";
import { type Difference, differenceOfDays } from "../statistics/mod.ts";

/** Song near some moments, and beside them. */
export interface NearMoments {
  nearEffort: number;
  nearBout: number;
  besideEffort: number;
  besideBout: number;
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
  const { startMs, effort, positive, cellMs } = columns;
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
    side.part[day] += positive[cell];
    side.effort[day] += effort[cell];
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return {
    nearEffort: sum(near.effort),
    nearBout: sum(near.part),
    besideEffort: sum(beside.effort),
    besideBout: sum(beside.part),
    difference: differenceOfDays(near, beside),
  };
}

/** Reach of near and of beside, in seconds. */
export interface NearOptions {
  /** Cells up to this many seconds from a moment are near; 120 by default. */
  nearSeconds?: number | undefined;
  /** Cells beyond that and up to this many seconds are beside; 1,200 by default. */
  besideSeconds?: number | undefined;
}

/**
 * Tells whether "song" follows moments that mean nothing to whales, such as where files begin: song near
 * them beside song a little farther off. Whales give no difference.
 *
 * @param presence A presence table of minutes.
 * @param moments The moments, in any order, such as the `start` of the files that the manifests
 * name.
 * @param options Reach of near and of beside.
 * @returns One row: `moments`, `near_effort_s`, `near` (proportion with song), `beside_effort_s`,
 * `beside`, `difference`, `low`, `high`, `p`, `trust`, `block_days`, `blocks`.
 */
export function songNearMoments(
  presence: Presence,
  moments: readonly Date[],
  options: NearOptions = {},
): ColumnTable {
  const { nearSeconds = 120, besideSeconds = 1_200 } = options;
  const ms = Float64Array.from(moments, Number).sort();
  const found = nearMoments(
    presenceColumns(presence),
    ms,
    nearSeconds * 1000,
    besideSeconds * 1000,
  );
  return from([{
    moments: moments.length,
    near_effort_s: found.nearEffort,
    near: found.nearBout / found.nearEffort,
    beside_effort_s: found.besideEffort,
    beside: found.besideBout / found.besideEffort,
    difference: found.difference.difference,
    p: found.difference.chance,
    ...intervalColumns(found.difference),
  }]);
}

/**
 * Tells whether "song" follows the recorder's gaps: song near where they begin and end beside song
 * a little farther off. Pauses that a schedule plans are no gaps.
 *
 * @param presence A presence table of minutes.
 * @param options Reach of near and of beside; 600 and 3,600 seconds by default.
 * @returns One row, as `songNearMoments` describes.
 */
export function songNearGaps(presence: Presence, options: NearOptions = {}): ColumnTable {
  const { nearSeconds = 600, besideSeconds = 3_600 } = options;
  return songNearMoments(presence, edgesOfGaps(presence), { nearSeconds, besideSeconds });
}

/** Finds where gaps begin or end, but for the ends of the table. */
function edgesOfGaps(presence: Presence): Date[] {
  const { startMs, effort, scheduled } = presenceColumns(presence);
  const edges: Date[] = [];
  let wasHeard: boolean | undefined;
  for (let cell = 0; cell < startMs.length; cell++) {
    if (scheduled[cell] === 0) continue;
    const isHeard = effort[cell] > 0;
    if (wasHeard !== undefined && isHeard !== wasHeard) edges.push(new Date(startMs[cell]));
    wasHeard = isHeard;
  }
  return edges;
}
