/**
 * Adjusts the chances of several tests made together, so that the chance of any false alarm among
 * them stays what it is for one.
 *
 * Source: Holm 1979, Scandinavian Journal of Statistics 6:65; statsmodels' `multipletests`.
 *
 * @param chances The p values, 0 to 1; NaN where a test could not be made, which is passed over.
 * @returns The adjusted p values, in the same order, at most 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...holm([0.01, 0.04, 0.03])], [0.03, 0.06, 0.06]);
 * ```
 */
export function holm(chances: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(chances.length).fill(NaN);
  const order = Array.from({ length: chances.length }, (_, test) => test)
    .filter((test) => !Number.isNaN(chances[test]))
    .sort((a, b) => chances[a] - chances[b]);
  let least = 0;
  for (const [rank, test] of order.entries()) {
    least = Math.max(least, Math.min(1, chances[test] * (order.length - rank)));
    adjusted[test] = least;
  }
  return adjusted;
}
