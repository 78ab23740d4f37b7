import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import type { DayPlan } from "./day_plan.ts";
import { STREAM } from "./draw_scores.ts";
import { SONG_MODEL } from "./song_model.ts";

/** Seconds in a day. */
export const DAY_SECONDS = 86_400;

/**
 * Draws when there is song in a day. The day is cut into stretches, each with a number drawn evenly
 * from 0 to 1; a second has song where its stretch's number is below the part of time that the plan
 * gives to its class of light. So every second has song with exactly that chance, in long bouts.
 *
 * @param plan The day's plan.
 * @param seed The simulation's seed.
 * @returns `[86400]`, 1 where there is song.
 */
export function songOfDay(plan: DayPlan, seed: number): Uint8Array {
  const song = new Uint8Array(DAY_SECONDS);
  const random = new SeededRandom(seed, STREAM.song, plan.dayMs / DAY_MS);
  const { stretchLeastSeconds, stretchMeanSeconds } = SONG_MODEL;
  let [stop, level, span] = [0, 0, 0];
  for (let second = 0; second < DAY_SECONDS; second++) {
    while (second >= stop) {
      const beyond = -Math.log(1 - random.between(0, 1)) * stretchMeanSeconds;
      // Where the first stretch is cut off by midnight does not matter to its chance of song.
      stop += stretchLeastSeconds + beyond;
      level = random.between(0, 1);
    }
    const ms = plan.dayMs + second * 1000;
    while (ms >= plan.spans[span].stopMs) span++;
    song[second] = level < plan.drawn[plan.spans[span].light] ? 1 : 0;
  }
  return song;
}

/**
 * Draws when ships pass that the detector takes for song, at any time of day and year alike.
 *
 * @param seed The simulation's seed.
 * @param day Days since 1970.
 * @returns `[86400]`, 1 while such a ship passes.
 */
export function shipsOfDay(seed: number, day: number): Uint8Array {
  const ships = new Uint8Array(DAY_SECONDS);
  const random = new SeededRandom(seed, STREAM.ships, day);
  const { shipsPerDay, shipSeconds: [least, most] } = SONG_MODEL;
  const meanGap = DAY_SECONDS / shipsPerDay;
  const wait = (): number => -Math.log(1 - random.between(0, 1)) * meanGap;
  for (let at = wait(); at < DAY_SECONDS; at += wait()) {
    const from = Math.floor(at);
    ships.fill(1, from, Math.min(DAY_SECONDS, from + random.integer(least, most)));
  }
  return ships;
}
