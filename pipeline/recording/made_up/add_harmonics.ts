import { STEP_SAMPLES } from "./voice.ts";

/**
 * Adds a tone and its overtones. Frequency and gain are linear between steps.
 *
 * The fundamental's sine and cosine turn by a rotation each sample; its overtones follow from
 * them by Chebyshev's recurrence, sin((k+1)φ) = 2·cos φ·sin(kφ) − sin((k−1)φ).
 *
 * @param out Where to add, `[steps · STEP_SAMPLES]`.
 * @param cycles The fundamental's phase at each step, in cycles, `[steps + 1]`.
 * @param gains The gain at each step, `[steps + 1]`.
 * @param amplitudes The amplitude of each harmonic, the fundamental first.
 */
export function addHarmonics(
  out: Float32Array,
  cycles: Float64Array,
  gains: Float64Array,
  amplitudes: readonly number[],
): void {
  for (let step = 0; step + 1 < cycles.length; step++) {
    if (gains[step] === 0 && gains[step + 1] === 0) continue;
    const turn = (2 * Math.PI * (cycles[step + 1] - cycles[step])) / STEP_SAMPLES;
    const [turnSin, turnCos] = [Math.sin(turn), Math.cos(turn)];
    const phase = 2 * Math.PI * (cycles[step] - Math.floor(cycles[step]));
    let [sin, cos] = [Math.sin(phase), Math.cos(phase)];
    const slope = (gains[step + 1] - gains[step]) / STEP_SAMPLES;
    let gain = gains[step];
    const from = step * STEP_SAMPLES;
    for (let i = from; i < from + STEP_SAMPLES; i++) {
      let [before, current, sum] = [0, sin, amplitudes[0] * sin];
      for (let k = 1; k < amplitudes.length; k++) {
        const next = 2 * cos * current - before;
        before = current;
        current = next;
        sum += amplitudes[k] * current;
      }
      out[i] += gain * sum;
      gain += slope;
      const turned = sin * turnCos + cos * turnSin;
      cos = cos * turnCos - sin * turnSin;
      sin = turned;
    }
  }
}
