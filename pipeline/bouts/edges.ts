/**
 * Values that a window finds beyond an end of continuous effort: nothing (`shrink`), zeros
 * (`zero`), the values mirrored with the end one repeated (`reflect`), or the end value
 * (`nearest`). The last three are those of `scipy.signal.medfilt` and of
 * `scipy.ndimage.median_filter`'s modes. Where the window is more than 8 times as long as a
 * stretch, SciPy 1.17's `reflect` differs from its own mirrored padding (`numpy.pad`'s `symmetric`,
 * `scipy.ndimage.correlate1d`), which is found here.
 */
export type Edges = "shrink" | "zero" | "reflect" | "nearest";

/** All edges that a user can choose, the default first. */
export const EDGES: readonly Edges[] = ["shrink", "zero", "reflect", "nearest"];

/** A stretch of continuous effort, or a part of one, as a filter sees it. */
export interface FilterSpan {
  /** One value a bin, none NaN. */
  values: Float64Array;
  /** Whether effort begins with the first value. */
  begins: boolean;
  /** Whether effort ends with the last value. */
  ends: boolean;
}

/**
 * Adds to a stretch what the window finds beyond its ends, where those are ends of effort.
 *
 * @param stretch The values, and which of their ends are ends of effort.
 * @param half Bins that the window reaches to each side.
 * @param edges What lies beyond an end.
 * @returns The values (the stretch's own array where nothing is added), and how many come before the
 * stretch's first.
 */
export function withEdges(
  { values, begins, ends }: FilterSpan,
  half: number,
  edges: Edges,
): { padded: Float64Array; before: number } {
  const before = begins && edges !== "shrink" ? half : 0;
  const after = ends && edges !== "shrink" ? half : 0;
  if (before + after === 0) return { padded: values, before };
  const { length } = values;
  const padded = new Float64Array(before + length + after);
  padded.set(values, before);
  for (let i = 0; i < before; i++) padded[i] = beyond(values, i - before, edges);
  for (let i = 0; i < after; i++) {
    padded[before + length + i] = beyond(values, length + i, edges);
  }
  return { padded, before };
}

/** Finds the value at a place before the first or after the last. */
function beyond(values: Float64Array, at: number, edges: Edges): number {
  const { length } = values;
  if (edges === "zero") return 0;
  if (edges === "nearest") return values[at < 0 ? 0 : length - 1];
  // Mirrored as often as it takes: d c b a | a b c d | d c b a.
  const folded = ((at % (2 * length)) + 2 * length) % (2 * length);
  return values[folded < length ? folded : 2 * length - 1 - folded];
}
