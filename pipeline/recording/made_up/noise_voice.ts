import { type ColouredNoise, LEAD_SAMPLES } from "./coloured_noise.ts";
import { CELL_SAMPLES, CELL_STEPS, STEP_SAMPLES, type Voice } from "./voice.ts";

/** Noise whose loudness changes slowly. */
export class NoiseVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #noise: ColouredNoise;
  readonly #gainAt: (sample: number) => number;

  /**
   * @param noise The noise, RMS 1.
   * @param span First sample, and the one after the last.
   * @param gainAt Its gain at a sample; 0 outside the span.
   */
  constructor(noise: ColouredNoise, span: [number, number], gainAt: (sample: number) => number) {
    this.#noise = noise;
    [this.startSample, this.stopSample] = span;
    this.#gainAt = gainAt;
  }

  add(out: Float32Array, cell: number): void {
    const noise = this.#noise.cell(cell);
    const first = cell * CELL_SAMPLES;
    let gain = this.#gainAt(first);
    for (let step = 0; step < CELL_STEPS; step++) {
      const from = step * STEP_SAMPLES;
      const next = this.#gainAt(first + from + STEP_SAMPLES);
      const slope = (next - gain) / STEP_SAMPLES;
      for (let i = 0; i < STEP_SAMPLES; i++) {
        out[from + i] += (gain + slope * i) * noise[LEAD_SAMPLES + from + i];
      }
      gain = next;
    }
  }
}
