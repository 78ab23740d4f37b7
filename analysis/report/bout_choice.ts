import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import type { Bout } from "../../pipeline/bouts/mod.ts";

/** How many bouts a report shows, and from what its random ones are drawn. */
export interface BoutChoiceOptions {
  best: number;
  random: number;
  seed: number;
}

/**
 * Chooses the bouts that a report shows, while they are found: the best of different days, and a
 * random sample of all. Best ones alone would flatter the detector.
 */
export class BoutChoice {
  readonly #options: BoutChoiceOptions;
  readonly #random: SeededRandom;
  readonly #bestOfDay = new Map<number, Bout>();
  readonly #sample: Bout[] = [];
  /** Bouts so far, and their seconds. */
  count = 0;
  seconds = 0;

  /** @param options How many, and the seed. */
  constructor(options: BoutChoiceOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
  }

  /** Takes the next bout. */
  add(bout: Bout): void {
    this.count++;
    this.seconds += (bout.stopMs - bout.startMs) / 1000;
    const day = Math.floor(bout.peakMs / DAY_MS);
    const best = this.#bestOfDay.get(day);
    if (!best || isBetter(bout, best)) this.#bestOfDay.set(day, bout);
    // Reservoir sampling (Vitter's algorithm R): each bout is as likely as any other to stay.
    if (this.#sample.length < this.#options.random) this.#sample.push(bout);
    else {
      const place = Math.floor(this.#random.between(0, this.count));
      if (place < this.#options.random) this.#sample[place] = bout;
    }
  }

  /** Those of the highest peaks, one a day at most, best first. */
  get best(): Bout[] {
    return [...this.#bestOfDay.values()]
      .sort((a, b) => isBetter(a, b) ? -1 : 1)
      .slice(0, this.#options.best);
  }

  /** A random sample of all bouts, in the order of time. */
  get sample(): Bout[] {
    return this.#sample.toSorted((a, b) => a.startMs - b.startMs);
  }
}

/** By peak, then by how long it was positive, then the earlier one. */
function isBetter(a: Bout, b: Bout): boolean {
  if (a.peakScore !== b.peakScore) return a.peakScore > b.peakScore;
  if (a.positiveSeconds !== b.positiveSeconds) return a.positiveSeconds > b.positiveSeconds;
  return a.startMs < b.startMs;
}
