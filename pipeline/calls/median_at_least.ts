import { type Edges, type FilterSpan, withEdges } from "./edges.ts";
import { RunningMedian } from "./running_median.ts";

/**
 * Where a stretch's running median is at or above a threshold, by counting: of an odd number of
 * values the median is where more than half of them are (13 of 25). Of an even number, which only a
 * window that shrinks at an edge has, exactly half leaves it open, and the median itself decides.
 *
 * @param stretch The values, and which of their ends are ends of effort.
 * @param length Bins of the window, odd, ≥ 1.
 * @param edges What the window finds beyond the ends of effort.
 * @param threshold The least median.
 * @param from First of the stretch's values to decide on.
 * @param to The one after the last.
 * @returns `[to − from]`, 1 where the median is at or above it.
 */
export function medianAtLeast(
  stretch: FilterSpan,
  length: number,
  edges: Edges,
  threshold: number,
  from: number = 0,
  to: number = stretch.values.length,
): Uint8Array {
  const half = (length - 1) / 2;
  const { padded, before } = withEdges(stretch, half, edges);
  const decided = new Uint8Array(to - from);
  let [first, stop, count] = [0, 0, 0];
  for (let index = from; index < to; index++) {
    const wantedFirst = Math.max(0, index + before - half);
    const wantedStop = Math.min(padded.length, index + before + half + 1);
    if (index === from) first = stop = wantedFirst;
    while (stop < wantedStop) if (padded[stop++] >= threshold) count++;
    while (first < wantedFirst) if (padded[first++] >= threshold) count--;
    const twice = 2 * count - (stop - first);
    const open = twice === 0;
    decided[index - from] = twice > 0 ||
        (open && new RunningMedian(stretch, length, edges).at(index) >= threshold)
      ? 1
      : 0;
  }
  return decided;
}
