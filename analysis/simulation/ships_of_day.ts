import { SeededRandom } from "../../core/mod.ts";
import { SONG_MODEL } from "./song_model.ts";
import { DAY_SECONDS } from "./song_of_day.ts";
import { STREAM } from "./streams.ts";

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
