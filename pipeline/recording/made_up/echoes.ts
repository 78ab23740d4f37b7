import type { SeededRandom } from "../../../core/mod.ts";

/** A path by which a sound comes once more. */
export interface Echo {
  readonly delaySeconds: number;
  /** Its amplitude beside the direct sound's; below 0 where it came off the surface. */
  readonly gain: number;
}

/**
 * Draws the paths between a singer and the hydrophone: one off the surface, one off the bottom,
 * and a thinning tail.
 *
 * @param random Draws them.
 * @returns Echoes within 0.7 s of the direct sound.
 */
export function drawEchoes(random: SeededRandom): Echo[] {
  const tail = Array.from({ length: 8 }, () => {
    const delaySeconds = random.between(0.05, 0.7);
    return { delaySeconds, gain: 0.2 * random.gaussian() * Math.exp(-delaySeconds / 0.25) };
  });
  return [
    { delaySeconds: random.octaves(0.004, 0.05), gain: -random.between(0.2, 0.7) },
    { delaySeconds: random.octaves(0.06, 0.4), gain: random.between(0.05, 0.3) },
    ...tail,
  ];
}

/**
 * Adds echoes to a sound.
 *
 * @param dry The sound.
 * @param echoes Its echoes.
 * @param sampleRateHz Sample rate in Hz.
 * @returns A longer sound that ends with the last echo.
 */
export function withEchoes(
  dry: Float32Array,
  echoes: readonly Echo[],
  sampleRateHz: number,
): Float32Array {
  const delays = echoes.map(({ delaySeconds }) => Math.round(delaySeconds * sampleRateHz));
  const wet = new Float32Array(dry.length + Math.max(0, ...delays));
  wet.set(dry);
  echoes.forEach(({ gain }, index) => {
    const delay = delays[index];
    for (let i = 0; i < dry.length; i++) wet[delay + i] += gain * dry[i];
  });
  return wet;
}
