import { SeededRandom } from "../../../core/mod.ts";

/**
 * A random curve that wanders around 0 with a deviation of about 1: normally distributed knots at
 * the integers, joined by half cosines. It can be asked for any x in any order.
 *
 * @param seed Draws the knots.
 * @returns The curve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const swell = smoothCurve(3);
 * assert(Math.abs(swell(1) - swell(1.001)) < 0.01);
 * ```
 */
export function smoothCurve(seed: number): (x: number) => number {
  let at = NaN;
  let [left, right] = [0, 0];
  return (x) => {
    const knot = Math.floor(x);
    if (knot !== at) {
      left = new SeededRandom(seed, knot).gaussian();
      right = new SeededRandom(seed, knot + 1).gaussian();
      at = knot;
    }
    return left + (right - left) * 0.5 * (1 - Math.cos(Math.PI * (x - knot)));
  };
}
