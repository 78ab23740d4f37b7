/**
 * Tells whether all samples are 0, as in stretches that an archive fills up: filters and transforms
 * of them need not be computed.
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
