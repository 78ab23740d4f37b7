import { logistic } from "../../analysis/statistics/mod.ts";
import { HOUR_MS, SeededRandom } from "../../core/mod.ts";
import { HOUR_BINS } from "../../pipeline/scores/mod.ts";

/** Middle and deviation of scores on the logit scale. */
const QUIET = [-4, 0.8] as const;
const SONG = [2.2, 1.2] as const;
const SHIP = [1.4, 1.2] as const;
/** Chance that a second without song scores like one with song, all by itself. */
const SPURIOUS = 0.002;

/**
 * Draws an hour of scores.
 *
 * @param seed The simulation's seed.
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param song `[3600]`, 1 where there is song.
 * @param ships `[3600]`, 1 where a ship passes that is taken for song.
 * @returns `[3600]`, 0 to 1, as if all of it had been recorded.
 */
export function drawScores(
  seed: number,
  hourMs: number,
  song: Uint8Array,
  ships: Uint8Array,
): Float64Array {
  const random = new SeededRandom(seed, STREAM.scores, hourMs / HOUR_MS);
  const scores = new Float64Array(HOUR_BINS);
  for (let bin = 0; bin < HOUR_BINS; bin++) {
    const spurious = random.between(0, 1) < SPURIOUS;
    const [middle, deviation] = song[bin] === 1 || spurious
      ? SONG
      : ships[bin] === 1
      ? SHIP
      : QUIET;
    scores[bin] = logistic(middle + deviation * random.gaussian());
  }
  return scores;
}

/** Streams of random numbers, one for each thing that is drawn, so that none shifts another. */
export const STREAM = {
  strength: 1,
  song: 2,
  ships: 3,
  outages: 4,
  interruptions: 5,
  scores: 6,
} as const;
