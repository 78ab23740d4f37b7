/** Random numbers that a seed repeats (mulberry32), for tests that damage things at random. */
export class SeededRandom {
  #state: number;

  /** @param seed An integer. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer in `[0, bound)`; 0 where the bound is 0. */
  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ mixed >>> 15, mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return Math.floor(((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32 * bound);
  }

  /** One of some values. */
  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }
}
