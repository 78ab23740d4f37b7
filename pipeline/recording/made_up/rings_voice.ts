import { CELL_SAMPLES, type Surroundings, type Voice } from "./voice.ts";

/** A struck thing: a sine that dies away. */
export interface Ring {
  readonly startSeconds: number;
  readonly hertz: number;
  /** Time in which it falls to 1/e. */
  readonly decaySeconds: number;
  readonly amplitude: number;
}

/** After this many decay times a ring has fallen by 60 dB and ends. */
const DECAYS = 7;

/** Many short rings: clicks, knocks, drops. */
export class RingsVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #rings: readonly Ring[];
  readonly #sampleRateHz: number;

  /**
   * @param rings The rings, at least one, in order of their starts; each is over within a cell.
   * @param surroundings The ocean they are in.
   */
  constructor(rings: readonly Ring[], { sampleRateHz }: Surroundings) {
    this.#rings = rings;
    this.#sampleRateHz = sampleRateHz;
    this.startSample = Math.floor(rings[0].startSeconds * sampleRateHz);
    this.stopSample = Math.ceil(rings[rings.length - 1].startSeconds * sampleRateHz) + CELL_SAMPLES;
  }

  add(out: Float32Array, cell: number): void {
    const first = cell * CELL_SAMPLES;
    const rate = this.#sampleRateHz;
    let index = this.#firstFrom((first - CELL_SAMPLES) / rate);
    for (; index < this.#rings.length; index++) {
      const { startSeconds, hertz, decaySeconds, amplitude } = this.#rings[index];
      const start = Math.round(startSeconds * rate);
      if (start >= first + CELL_SAMPLES) return;
      const stop = Math.min(first + CELL_SAMPLES, start + Math.round(DECAYS * decaySeconds * rate));
      const turn = (2 * Math.PI * hertz) / rate;
      for (let sample = Math.max(start, first); sample < stop; sample++) {
        const n = sample - start;
        out[sample - first] += amplitude * Math.exp(-n / (decaySeconds * rate)) *
          Math.sin(turn * n);
      }
    }
  }

  /** Index of the first ring that starts at or after a time. */
  #firstFrom(seconds: number): number {
    let [low, high] = [0, this.#rings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rings[middle].startSeconds < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
