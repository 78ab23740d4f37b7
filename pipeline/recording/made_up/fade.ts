/**
 * A gain that rises over the start of a span and falls over its end, by half cosines.
 *
 * @param x Where to look.
 * @param start Where the span starts.
 * @param stop Where it stops.
 * @param rise How long it rises, > 0.
 * @param fall How long it falls, > 0.
 * @returns 0 outside the span, up to 1 inside.
 */
export function fade(x: number, start: number, stop: number, rise: number, fall = rise): number {
  const inside = Math.min(1, (x - start) / rise, (stop - x) / fall);
  return inside <= 0 ? 0 : 0.5 * (1 - Math.cos(Math.PI * inside));
}
