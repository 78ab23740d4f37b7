/** A span of seconds, `[start, stop)`. */
export interface Seconds {
  start: number;
  stop: number;
}

/** A row of the demo's table: song that was placed, what was found of it, or both. */
export interface Row<Found extends Seconds> {
  placed: Seconds | undefined;
  found: Found[];
}

const overlap = (a: Seconds, b: Seconds): number =>
  Math.max(0, Math.min(a.stop, b.stop) - Math.max(a.start, b.start));

/**
 * Sets calls found beside calls placed: a call stands beside the one it overlaps most.
 *
 * @param placed Where song was placed, ascending.
 * @param found What was found, ascending.
 * @returns Rows in the order of time; a call that overlaps nothing has a row of its own.
 */
export function foundAndPlaced<Found extends Seconds>(
  placed: readonly Seconds[],
  found: readonly Found[],
): Row<Found>[] {
  const rows: Row<Found>[] = placed.map((span) => ({ placed: span, found: [] }));
  for (const call of found) {
    const best = rows.filter(({ placed }) => placed && overlap(placed, call) > 0)
      .sort((a, b) => overlap(b.placed!, call) - overlap(a.placed!, call))[0];
    if (best) best.found.push(call);
    else rows.push({ placed: undefined, found: [call] });
  }
  const start = ({ placed, found }: Row<Found>): number => placed?.start ?? found[0].start;
  return rows.sort((a, b) => start(a) - start(b));
}

/**
 * How much of the seconds agrees.
 *
 * @returns Seconds found that were placed, over those found (`precision`) and placed (`recall`).
 */
export function agreement(
  placed: readonly Seconds[],
  found: readonly Seconds[],
): { precision: number; recall: number } {
  const total = (spans: readonly Seconds[]): number =>
    spans.reduce((sum, { start, stop }) => sum + stop - start, 0);
  const both = placed.reduce(
    (sum, span) => sum + found.reduce((part, call) => part + overlap(span, call), 0),
    0,
  );
  return { precision: both / total(found), recall: both / total(placed) };
}
