/**
 * Whether all samples are 0, as an archive's sparse or padded stretches are: what filters and
 * transforms make of them is known without computing it.
 *
 * @param samples Samples.
 * @returns True where each is 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(isSilent(new Float32Array(3)) && !isSilent(Float32Array.of(0, 0, 1e-9)));
 * ```
 */
export function isSilent(samples: Float32Array): boolean {
  for (let i = 0; i < samples.length; i++) if (samples[i] !== 0) return false;
  return true;
}
