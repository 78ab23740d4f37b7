/** Standard deviation of a sum of four bytes drawn evenly from 0…255. */
const FOUR_BYTES_DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12);
const FOUR_BYTES_MEAN = 4 * 127.5;

/** Spreads one more key over a 32-bit state (the finaliser of MurmurHash3). */
function mix(state: number, key: number): number {
  let h = Math.imul(state ^ key, 0x85ebca6b) + 0x9e3779b9;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Draws random numbers that are the same for the same keys on every machine.
 *
 * Keys name what is drawn (a seed, an event, a block), so that any part of an ocean can be made
 * without making what comes before it.
 *
 * Source: sfc32 of PractRand by Chris Doty-Humphrey (public domain).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const again = (): number => new SeededRandom(7, 1).between(0, 10);
 * assert(again() === again());
 * ```
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** @param keys Integers that name the stream; fractions are cut off. */
  constructor(...keys: number[]) {
    const state = keys.reduce(mix, 0x6d656761);
    this.#a = mix(state, 1) | 0;
    this.#b = mix(state, 2) | 0;
    this.#c = mix(state, 3) | 0;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** Draws an integer in [0, 2^32). */
  uint32(): number {
    const t = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Draws a number in [low, high), evenly spread. */
  between(low: number, high: number): number {
    return low + ((high - low) * this.uint32()) / 2 ** 32;
  }

  /** Draws a number in [low, high), evenly spread over octaves; both > 0. */
  octaves(low: number, high: number): number {
    return low * Math.pow(high / low, this.between(0, 1));
  }

  /** Draws an integer in [low, high]. */
  integer(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  /** Draws one of the values. */
  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)];
  }

  /** Draws a normally distributed number of mean 0 and deviation 1 (Box and Muller 1958). */
  gaussian(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.between(0, 1)));
    return radius * Math.cos(2 * Math.PI * this.between(0, 1));
  }

  /**
   * Fills a stretch with white noise of RMS 1, near enough to normal for audio that is filtered
   * afterwards: each sample is the sum of the four bytes of one draw.
   */
  fillNoise(out: Float32Array, from: number, count: number): void {
    for (let i = from; i < from + count; i++) {
      const bits = this.uint32();
      const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
      out[i] = (sum - FOUR_BYTES_MEAN) / FOUR_BYTES_DEVIATION;
    }
  }
}
