import { DETECTOR_SAMPLE_RATE_HZ, FRAME_SAMPLES, MEL_BANDS } from "./geometry.ts";

/** One mel band's triangle over the FFT's bins: `weights[i]` belongs to bin `firstBin + i`. */
export interface MelBand {
  firstBin: number;
  weights: Float32Array;
}

const hertzToMel = (hertz: number): number => 1127 * Math.log1p(hertz / 700);

/**
 * The 64 triangles from 0 to 5,000 Hz over the 513 bins of the spectrum.
 *
 * HTK mel, 1127·ln(1 + f/700); triangles linear in mel with a peak of 1; nothing from bin 0. This
 * is TensorFlow's `tf.signal.linear_to_mel_weight_matrix(64, 513, 10000, 0, 5000)`, kept sparse.
 *
 * @returns One band an entry, lowest first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bands = melWeights();
 * assert(bands.length === 64 && bands[0].firstBin >= 1);
 * ```
 */
export function melWeights(): MelBand[] {
  const nyquistHz = DETECTOR_SAMPLE_RATE_HZ / 2;
  const bins = FRAME_SAMPLES / 2 + 1;
  const stepMel = hertzToMel(nyquistHz) / (MEL_BANDS + 1);
  const binsMel = Float64Array.from(
    { length: bins },
    (_, bin) => hertzToMel((bin * nyquistHz) / (bins - 1)),
  );
  return Array.from({ length: MEL_BANDS }, (_, band) => {
    const [lower, center, upper] = [band * stepMel, (band + 1) * stepMel, (band + 2) * stepMel];
    let firstBin = 1;
    while (binsMel[firstBin] <= lower) firstBin++;
    let stopBin = firstBin;
    while (stopBin < bins && binsMel[stopBin] < upper) stopBin++;
    const weights = Float32Array.from({ length: stopBin - firstBin }, (_, i) => {
      const mel = binsMel[firstBin + i];
      return Math.min((mel - lower) / (center - lower), (upper - mel) / (upper - center));
    });
    return { firstBin, weights };
  });
}
