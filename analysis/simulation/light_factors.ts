import { DAY_MS } from "../../core/mod.ts";
import { type Light, LIGHTS, lightSpans, type Place } from "../sun/mod.ts";
import { lightSeconds, none } from "./light_seconds.ts";
import { seasonMean } from "./season_mean.ts";
import { SONG_MODEL } from "./song_model.ts";

/** The years that the published shares are of. */
const FROM_MS = Date.UTC(2015, 7, 1);
const TO_MS = Date.UTC(2017, 7, 1);
/** Each round brings the shares nearer by about a factor of three. */
const ROUNDS = 30;

const known = new Map<string, Record<Light, number>>();

/**
 * How much more of a class of light has song than another, such that over the two published years
 * the song falls on the classes in the model's shares.
 *
 * @param place Where.
 * @returns Factors, of which only the ratios count.
 */
export function lightFactors(place: Place): Record<Light, number> {
  const key = `${place.latitude} ${place.longitude}`;
  const found = known.get(key) ?? fitFactors(place);
  known.set(key, found);
  return found;
}

function fitFactors(place: Place): Record<Light, number> {
  const days: { mean: number; seconds: Record<Light, number> }[] = [];
  for (let dayMs = FROM_MS; dayMs < TO_MS; dayMs += DAY_MS) {
    const mean = seasonMean(dayMs);
    if (mean > 0) {
      days.push({ mean, seconds: lightSeconds(lightSpans(place, dayMs, dayMs + DAY_MS)) });
    }
  }
  const factors: Record<Light, number> = { night: 1, dawn: 1, day: 1, dusk: 1 };
  for (let round = 0; round < ROUNDS; round++) {
    const song = none();
    for (const { mean, seconds } of days) {
      const weight = LIGHTS.reduce((sum, light) => sum + factors[light] * seconds[light], 0);
      for (const light of LIGHTS) song[light] += mean * factors[light] * seconds[light] / weight;
    }
    const all = LIGHTS.reduce((sum, light) => sum + song[light], 0);
    for (const light of LIGHTS) {
      // A class that the place does not have keeps its factor.
      if (song[light] > 0) factors[light] *= SONG_MODEL.shareOfSong[light] * all / song[light];
    }
  }
  return factors;
}
