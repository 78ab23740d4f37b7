import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import type { Call } from "../../pipeline/calls/mod.ts";

/** How many calls a report shows, and from what its random ones are drawn. */
export interface CallChoiceOptions {
  best: number;
  random: number;
  seed: number;
}

/**
 * Chooses the calls that a report shows, while they are found: the best of different days, and a
 * random sample of all. Best ones alone would flatter the detector.
 */
export class CallChoice {
  readonly #options: CallChoiceOptions;
  readonly #random: SeededRandom;
  readonly #bestOfDay = new Map<number, Call>();
  readonly #sample: Call[] = [];
  /** Calls so far, and their seconds. */
  count = 0;
  seconds = 0;

  /** @param options How many, and the seed. */
  constructor(options: CallChoiceOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
  }

  /** Takes the next call. */
  add(call: Call): void {
    this.count++;
    this.seconds += (call.stopMs - call.startMs) / 1000;
    const day = Math.floor(call.peakMs / DAY_MS);
    const best = this.#bestOfDay.get(day);
    if (!best || isBetter(call, best)) this.#bestOfDay.set(day, call);
    // Reservoir sampling (Vitter's algorithm R): each call is as likely as any other to stay.
    if (this.#sample.length < this.#options.random) this.#sample.push(call);
    else {
      const place = Math.floor(this.#random.between(0, this.count));
      if (place < this.#options.random) this.#sample[place] = call;
    }
  }

  /** Those of the highest peaks, one a day at most, best first. */
  get best(): Call[] {
    return [...this.#bestOfDay.values()]
      .sort((a, b) => isBetter(a, b) ? -1 : 1)
      .slice(0, this.#options.best);
  }

  /** A random sample of all calls, in the order of time. */
  get sample(): Call[] {
    return this.#sample.toSorted((a, b) => a.startMs - b.startMs);
  }
}

/** By peak, then by how long it was positive, then the earlier one. */
function isBetter(a: Call, b: Call): boolean {
  if (a.peakScore !== b.peakScore) return a.peakScore > b.peakScore;
  if (a.positiveSeconds !== b.positiveSeconds) return a.positiveSeconds > b.positiveSeconds;
  return a.startMs < b.startMs;
}
