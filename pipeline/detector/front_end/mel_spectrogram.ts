import { isSilent } from "../../../core/mod.ts";
import {
  DETECTOR_SAMPLE_RATE_HZ,
  FRAME_SAMPLES,
  frameCount,
  HOP_SAMPLES,
  MEL_BANDS,
  samplesOfFrames,
} from "./geometry.ts";
import { RealFft } from "./real_fft.ts";

/**
 * Turns audio at 10 kHz into mel frames, as the published detector computes them: frames of 1,024
 * samples every 300, periodic Hann window, magnitude, 64 mel bands, and the square AFTER the
 * weighted sum: `mel = (|X| · M)²`. Every frame depends on its own samples only, so audio may be cut anywhere.
 *
 * Source: google/humpback_whale/1 and its publisher's reference code (docs/detector.md).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const front = await MelSpectrogram.create();
 * const mel = front.frames(new Float32Array(39_124));
 * assert(mel.length === 128 * 64);
 * front.close();
 * ```
 */
export class MelSpectrogram {
  readonly #fft: RealFft;
  readonly #bands: MelBand[] = melWeights();
  readonly #hann = Float32Array.from(
    { length: FRAME_SAMPLES },
    (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FRAME_SAMPLES),
  );
  readonly #magnitude = new Float32Array(FRAME_SAMPLES / 2 + 1);

  private constructor(fft: RealFft) {
    this.#fft = fft;
  }

  /** Loads the FFT. */
  static async create(): Promise<MelSpectrogram> {
    return new MelSpectrogram(await RealFft.create(FRAME_SAMPLES));
  }

  /**
   * Computes all whole frames of a stretch of audio.
   *
   * @param samples Mono audio at 10,000 Hz.
   * @param frames How many frames, counted from the first sample; all that are whole by default.
   * @returns Mel frames, `[frames, 64]`, row by row.
   * @throws {RangeError} Where the audio is too short for `frames`.
   */
  frames(samples: Float32Array, frames: number = frameCount(samples.length)): Float32Array {
    if (frames > 0 && samples.length < samplesOfFrames(frames)) {
      throw new RangeError(
        `Cannot compute ${frames} mel frames as they need ${samplesOfFrames(frames)} samples: ` +
          `${samples.length} were given`,
      );
    }
    const mel = new Float32Array(frames * MEL_BANDS);
    if (isSilent(samples)) return mel;
    for (let frame = 0; frame < frames; frame++) {
      this.#transform(samples, frame * HOP_SAMPLES);
      this.#project(mel, frame * MEL_BANDS);
    }
    return mel;
  }

  #transform(samples: Float32Array, start: number): void {
    const { input, output } = this.#fft;
    const hann = this.#hann;
    for (let n = 0; n < FRAME_SAMPLES; n++) input[n] = samples[start + n] * hann[n];
    this.#fft.transform();
    const magnitude = this.#magnitude;
    magnitude[0] = Math.abs(output[0]);
    magnitude[FRAME_SAMPLES / 2] = Math.abs(output[1]);
    for (let bin = 1; bin < FRAME_SAMPLES / 2; bin++) {
      const re = output[2 * bin];
      const im = output[2 * bin + 1];
      magnitude[bin] = Math.sqrt(re * re + im * im);
    }
  }

  #project(mel: Float32Array, at: number): void {
    const magnitude = this.#magnitude;
    for (let band = 0; band < MEL_BANDS; band++) {
      const { firstBin, weights } = this.#bands[band];
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += magnitude[firstBin + i] * weights[i];
      mel[at + band] = sum * sum;
    }
  }

  /** Frees the FFT. */
  close(): void {
    this.#fft.close();
  }
}

/** One mel band's triangle over the FFT's bins: `weights[i]` belongs to bin `firstBin + i`. */
export interface MelBand {
  firstBin: number;
  weights: Float32Array;
}

const hertzToMel = (hertz: number): number => 1127 * Math.log1p(hertz / 700);

/**
 * Computes the 64 triangles from 0 to 5,000 Hz over the 513 bins of the spectrum.
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
