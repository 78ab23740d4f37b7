import { SeededRandom } from "../../../core/mod.ts";
import { bandRms, type Section } from "./noise_filter.ts";
import { CELL_SAMPLES } from "./voice.ts";

/** White noise is drawn in grains, each from a seed of its own. */
const GRAIN_SAMPLES = 4096;
const CELL_GRAINS = CELL_SAMPLES / GRAIN_SAMPLES;

/** Samples before the cell that come with it, for who delays the noise. */
export const LEAD_SAMPLES = 512;

/**
 * Endless filtered noise of RMS 1 that can be made from any cell on.
 *
 * The filter runs up through the grain before the cell, so that its start has died away (corners
 * above 20 Hz: to below −80 dB at 48 kHz) and cells join without a seam.
 */
export class ColouredNoise {
  readonly #seed: number;
  readonly #sections: readonly Section[];
  readonly #scale: number;
  readonly #samples = new Float32Array(GRAIN_SAMPLES + CELL_SAMPLES);

  /**
   * @param seed Draws the noise.
   * @param sections Its filter, one section after the other.
   * @param sampleRateHz Sample rate in Hz.
   */
  constructor(seed: number, sections: readonly Section[], sampleRateHz: number) {
    this.#seed = seed;
    this.#sections = sections;
    this.#scale = 1 / bandRms(sections, 0, sampleRateHz / 2, sampleRateHz);
  }

  /**
   * @param cell The cell's number.
   * @returns `[LEAD_SAMPLES + CELL_SAMPLES]`, the cell and what leads in to it; valid until the
   * next call.
   */
  cell(cell: number): Float32Array {
    const samples = this.#samples;
    for (let grain = -1; grain < CELL_GRAINS; grain++) {
      const random = new SeededRandom(this.#seed, cell * CELL_GRAINS + grain);
      random.fillNoise(samples, (grain + 1) * GRAIN_SAMPLES, GRAIN_SAMPLES);
    }
    let scale = this.#scale;
    for (const { pole, zero } of this.#sections) {
      let [x1, y1] = [0, 0];
      for (let i = 0; i < samples.length; i++) {
        const x = samples[i] * scale;
        y1 = x - zero * x1 + pole * y1;
        x1 = x;
        samples[i] = y1;
      }
      scale = 1;
    }
    return samples.subarray(GRAIN_SAMPLES - LEAD_SAMPLES);
  }
}
