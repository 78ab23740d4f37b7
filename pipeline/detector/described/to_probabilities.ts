import type { Description } from "./description.ts";

/**
 * What a network gives, as scores.
 *
 * @param given `[windows, classes]`.
 * @param classes Number of classes, ≥ 1.
 * @param kind What it is: a probability is left as it is; of a logit the sigmoid is taken, or the
 *   softmax over the classes of a window.
 * @returns `[windows, classes]`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...toProbabilities(Float32Array.of(0, 0), 1, "logit")], [0.5, 0.5]);
 * assert.deepEqual([...toProbabilities(Float32Array.of(9, 9), 2, "softmax")], [0.5, 0.5]);
 * ```
 */
export function toProbabilities(
  given: Float32Array,
  classes: number,
  kind: Description["output"]["kind"],
): Float32Array {
  if (kind === "probability") return given;
  if (kind === "logit") return given.map((logit) => 1 / (1 + Math.exp(-logit)));
  const scores = new Float32Array(given.length);
  for (let at = 0; at < given.length; at += classes) {
    const logits = given.subarray(at, at + classes);
    const most = logits.reduce((a, b) => Math.max(a, b));
    // Less the largest, so that none overflows.
    const powers = Float64Array.from(logits, (logit) => Math.exp(logit - most));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, kind) => scores[at + kind] = power / sum);
  }
  return scores;
}
