import { MEL_BANDS } from "./geometry.ts";

/** The learned constants of PCEN, each vector `[64]`. */
export interface PcenParameters {
  readonly alpha: Float32Array;
  readonly delta: Float32Array;
  readonly root: Float32Array;
  /** Weight of the newest frame in the smoother, 0 < smoothing < 1 (0.025 as published). */
  readonly smoothing: number;
}

/** Keeps the division finite in silence. */
const FLOOR = 1e-6;

/**
 * Per-channel energy normalisation with learned constants.
 *
 * `m[t] = s·x[t] + (1 − s)·m[t−1]`, where `m[−1] = x[0]` at the start, so `m[0] = x[0]`;
 * `a = min(alpha, 1)`, `r = 1 / max(root, 1)`;
 * `out = (x / (1e-6 + m)^a + delta)^r − delta^r`.
 *
 * Source: Wang et al. 2017, "Trainable frontend for robust and far-field keyword spotting", in the
 * form of google/humpback_whale/1 (docs/detector.md).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const vector = (value: number) => new Float32Array(64).fill(value);
 * const pcen = new Pcen({ alpha: vector(0.98), delta: vector(2), root: vector(2), smoothing: 0.025 });
 * const out = new Float32Array(64);
 * pcen.apply(new Float32Array(64), 0, 1, out, 0);
 * assert(out[0] === 0); // silence stays silent
 * ```
 */
export class Pcen {
  readonly #keep: number;
  readonly #take: number;
  readonly #a: Float64Array;
  readonly #delta: Float64Array;
  readonly #r: Float64Array;
  readonly #offset: Float64Array;
  readonly #state = new Float64Array(MEL_BANDS);
  #fresh = true;

  /** @param parameters The learned constants. */
  constructor(parameters: PcenParameters) {
    this.#take = Math.fround(parameters.smoothing);
    this.#keep = Math.fround(1 - parameters.smoothing);
    this.#a = Float64Array.from(parameters.alpha, (alpha) => Math.min(alpha, 1));
    this.#delta = Float64Array.from(parameters.delta);
    this.#r = Float64Array.from(parameters.root, (root) => 1 / Math.max(root, 1));
    // As in apply(), so that silence stays exactly 0.
    this.#offset = this.#delta.map((delta, band) => Math.exp(this.#r[band] * Math.log(delta)));
  }

  /** Forgets what was heard: the next frame starts the smoother anew. */
  restart(): void {
    this.#fresh = true;
  }

  /**
   * Normalises frames, going on from those before.
   *
   * @param mel Mel frames `[…, 64]`.
   * @param from First value to take, `64 · frame`.
   * @param frames How many frames.
   * @param out Where the result goes, `[…, 64]`.
   * @param to First value to write.
   */
  apply(mel: Float32Array, from: number, frames: number, out: Float32Array, to: number): void {
    const state = this.#state;
    if (this.#fresh && frames > 0) {
      for (let band = 0; band < MEL_BANDS; band++) state[band] = mel[from + band];
      this.#fresh = false;
    }
    const [keep, take] = [this.#keep, this.#take];
    const [a, delta, r, offset] = [this.#a, this.#delta, this.#r, this.#offset];
    for (let frame = 0; frame < frames; frame++) {
      const row = frame * MEL_BANDS;
      for (let band = 0; band < MEL_BANDS; band++) {
        const x = mel[from + row + band];
        const m = take * x + keep * state[band];
        state[band] = m;
        // exp and log instead of pow: three times as fast, and equal far below float32's grain
        const gained = x * Math.exp(-a[band] * Math.log(FLOOR + m));
        out[to + row + band] = Math.exp(r[band] * Math.log(gained + delta[band])) - offset[band];
      }
    }
  }
}
