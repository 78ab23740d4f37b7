import type { Calibrator } from "../../pipeline/calls/mod.ts";

/**
 * The score that a threshold stands for.
 *
 * @param threshold 0 to 1, of what the calibrator gives.
 * @param calibrator What the threshold is compared with; the score itself where it is left out.
 * @returns 0 to 1, to six decimals, as score files have them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(scoreAt(0.25, { check: () => {}, apply: (score) => score ** 2 }), 0.5);
 * assert.equal(scoreAt(0.25), 0.25);
 * ```
 */
export function scoreAt(threshold: number, calibrator?: Calibrator): number {
  if (!calibrator) return threshold;
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (calibrator.apply(middle) >= threshold) high = middle;
    else low = middle;
  }
  return Number(high.toFixed(6));
}
