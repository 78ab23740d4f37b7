/** Scores are held off 0 and 1 by this, where their logit would be infinite. */
export const CLIP = 1e-5;

/**
 * The logit of a score, `ln(s / (1 − s))`, of scores held within 1e-5 and 1 − 1e-5.
 *
 * Source: Wood and Kahl, "Guidelines for appropriate use of BirdNET scores", J. Ornithology 165
 * (2024) 777, and its supplement.
 *
 * @param score 0 to 1.
 * @returns About −11.5 to 11.5.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(logit(0.5) === 0 && logit(0) === logit(1e-5));
 * ```
 */
export function logit(score: number): number {
  const held = Math.min(1 - CLIP, Math.max(CLIP, score));
  return Math.log(held / (1 - held));
}

/**
 * The logistic function, the logit's inverse.
 *
 * @param x Any number.
 * @returns 0 to 1.
 */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
