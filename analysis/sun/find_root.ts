/**
 * Where a function that is monotone between two points takes the value 0: regula falsi in the
 * Illinois form, which never leaves the bracket.
 *
 * Source: Dowell and Jarratt 1971, BIT 11:168.
 *
 * @param f A continuous function.
 * @param low One end of the bracket.
 * @param high The other end; `f` has another sign there.
 * @param tolerance How near is near enough, in the unit of `low`; > 0.
 * @returns A point within the bracket.
 * @throws {RangeError} Where `f` has the same sign at both ends.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(findRoot((x) => x * x - 2, 0, 2, 1e-9) - Math.SQRT2) < 1e-8);
 * ```
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  let [atLow, atHigh] = [f(low), f(high)];
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  if (!(atLow * atHigh < 0)) {
    throw new RangeError(`Cannot find a root as the signs at both ends agree: ${atLow}, ${atHigh}`);
  }
  let x = low;
  for (let step = 0; step < 100 && Math.abs(high - low) > tolerance; step++) {
    const before = x;
    x = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = f(x);
    if (value === 0 || (step > 0 && Math.abs(x - before) < tolerance / 2)) return x;
    if (value * atHigh < 0) [low, atLow] = [high, atHigh];
    else atLow /= 2; // the end that stays is weighed down, or the bracket would shrink from one side
    [high, atHigh] = [x, value];
  }
  return x;
}
