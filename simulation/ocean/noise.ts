import { SeededRandom } from "../../core/mod.ts";
import { CELL_SAMPLES, CELL_STEPS, STEP_SAMPLES, type Voice } from "./voice.ts";

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

/** A first-order filter, `H(z) = (1 − zero·z⁻¹) / (1 − pole·z⁻¹)`. */
interface Section {
  readonly pole: number;
  readonly zero: number;
}

/** Places a corner frequency on the real axis (matched z-transform). */
const onAxis = (hertz: number, sampleRateHz: number): number =>
  Math.exp((-2 * Math.PI * hertz) / sampleRateHz);

/** Designs a filter that is flat below a corner, and falls by 6 dB an octave above it. */
export function lowPass(hertz: number, sampleRateHz: number): Section {
  return { pole: onAxis(hertz, sampleRateHz), zero: 0 };
}

/** Designs a filter that rises by 6 dB an octave up to a corner, and is flat above it. */
export function highPass(hertz: number, sampleRateHz: number): Section {
  return { pole: onAxis(hertz, sampleRateHz), zero: 1 };
}

/** Designs a filter that falls by 6 dB an octave between two corners, and is flat beside them. */
export function shelf(fromHz: number, toHz: number, sampleRateHz: number): Section {
  return { pole: onAxis(fromHz, sampleRateHz), zero: onAxis(toHz, sampleRateHz) };
}

/**
 * Designs a filter that is flat up to a corner and falls evenly above it: shelves three octaves
 * apart, each of which falls by 6 dB an octave over just that part of its three octaves that gives
 * the slope.
 *
 * @param cornerHz Where it starts to fall, > 0.
 * @param slopeDb By how much it falls, in dB an octave, from 0 to 6.
 * @param sampleRateHz Sample rate in Hz.
 */
export function slope(cornerHz: number, slopeDb: number, sampleRateHz: number): Section[] {
  const sections: Section[] = [];
  for (let hertz = cornerHz; hertz < sampleRateHz / 2; hertz *= 8) {
    sections.push(shelf(hertz, hertz * Math.pow(8, slopeDb / 6), sampleRateHz));
  }
  return sections;
}

/**
 * Computes the RMS that white noise of RMS 1 has behind a filter, within a band.
 *
 * @param sections The filter, one section after the other.
 * @param fromHz Lower edge of the band.
 * @param toHz Upper edge, at most half the sample rate.
 * @param sampleRateHz Sample rate in Hz.
 * @returns `sqrt(∫ |H(f)|² df / (sampleRate / 2))`, by the midpoint rule.
 */
export function bandRms(
  sections: readonly Section[],
  fromHz: number,
  toHz: number,
  sampleRateHz: number,
): number {
  const points = 4096;
  const width = (toHz - fromHz) / points;
  let power = 0;
  for (let i = 0; i < points; i++) {
    const cos = Math.cos((2 * Math.PI * (fromHz + (i + 0.5) * width)) / sampleRateHz);
    // |1 − a·e^(−jω)|² = 1 − 2a·cos ω + a²
    power += sections.reduce(
      (gain, { pole, zero }) =>
        (gain * (1 - 2 * zero * cos + zero * zero)) / (1 - 2 * pole * cos + pole * pole),
      1,
    );
  }
  return Math.sqrt((power * width) / (sampleRateHz / 2));
}

/** Renders noise whose loudness changes slowly. */
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

/**
 * Makes a random curve that wanders around 0 with a deviation of about 1: normally distributed
 * knots at the integers, joined by half cosines. It can be asked for any x in any order.
 *
 * @param seed Draws the knots.
 * @returns The curve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const swell = smoothCurve(3);
 * assert(Math.abs(swell(1) - swell(1.001)) < 0.01);
 * ```
 */
export function smoothCurve(seed: number): (x: number) => number {
  let at = NaN;
  let [left, right] = [0, 0];
  return (x) => {
    const knot = Math.floor(x);
    if (knot !== at) {
      left = new SeededRandom(seed, knot).gaussian();
      right = new SeededRandom(seed, knot + 1).gaussian();
      at = knot;
    }
    return left + (right - left) * 0.5 * (1 - Math.cos(Math.PI * (x - knot)));
  };
}
