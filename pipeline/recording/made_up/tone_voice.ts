import { addHarmonics } from "./add_harmonics.ts";
import { CELL_SAMPLES, CELL_STEPS, STEP_SAMPLES, type Voice } from "./voice.ts";

/** What a tone does over time; the phase is closed in form, so that it can start anywhere. */
export interface ToneShape {
  /** The amplitude of each harmonic, the fundamental first. */
  readonly amplitudes: readonly number[];
  /** The fundamental's phase at a sample, in cycles. */
  readonly cyclesAt: (sample: number) => number;
  /** The gain at a sample; 0 outside the span. */
  readonly gainAt: (sample: number) => number;
}

/** A tone with its overtones. */
export class ToneVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #shape: ToneShape;
  readonly #cycles = new Float64Array(CELL_STEPS + 1);
  readonly #gains = new Float64Array(CELL_STEPS + 1);

  /**
   * @param shape What it does.
   * @param span First sample, and the one after the last.
   */
  constructor(shape: ToneShape, span: [number, number]) {
    this.#shape = shape;
    [this.startSample, this.stopSample] = span;
  }

  add(out: Float32Array, cell: number): void {
    for (let step = 0; step <= CELL_STEPS; step++) {
      const sample = cell * CELL_SAMPLES + step * STEP_SAMPLES;
      this.#cycles[step] = this.#shape.cyclesAt(sample);
      this.#gains[step] = this.#shape.gainAt(sample);
    }
    addHarmonics(out, this.#cycles, this.#gains, this.#shape.amplitudes);
  }
}
