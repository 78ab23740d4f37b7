import { SeededRandom } from "../../core/mod.ts";
import { SONG_MODEL } from "./song_model.ts";
import { STREAM } from "./streams.ts";

/** Days back after which what is left of a draw is below a part in 10,000. */
const MEMORY_DAYS = 60;

/**
 * How strong a day's song is: mean 0, deviation 1, correlated from day to day as an autoregressive
 * process. It is summed from the draws of the days before, so that any day can be had by itself.
 *
 * @param seed The simulation's seed.
 * @param day Days since 1970.
 */
export function dayStrength(seed: number, day: number): number {
  const { dayCorrelation } = SONG_MODEL;
  let sum = 0;
  for (let back = MEMORY_DAYS; back >= 0; back--) {
    const draw = new SeededRandom(seed, STREAM.strength, day - back).gaussian();
    sum = sum * dayCorrelation + draw;
  }
  return sum * Math.sqrt(1 - dayCorrelation ** 2);
}
