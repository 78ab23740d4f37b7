import { DAY_MS } from "../../core/mod.ts";
import { logistic } from "../calibration/mod.ts";
import { type Light, LIGHTS, type LightSpan, lightSpans, type Place } from "../sun/mod.ts";
import { dayStrength } from "./day_strength.ts";
import { lightFactors } from "./light_factors.ts";
import { lightSeconds, none } from "./light_seconds.ts";
import { logitOfMean } from "./logit_of_mean.ts";
import { seasonMean } from "./season_mean.ts";
import { SONG_MODEL } from "./song_model.ts";

/** The song never fills more of a class of light than this, on average. */
const MOST = 0.97;

/** What the model says of a day before its song is drawn. */
export interface DayPlan {
  /** Start of the day (UTC), epoch milliseconds. */
  dayMs: number;
  spans: LightSpan[];
  /** Seconds of the day in each class of light. */
  seconds: Record<Light, number>;
  /** Part of each class's time with song, on average over all that might have been. */
  expected: Record<Light, number>;
  /** The same, given how strong this day's song is. */
  drawn: Record<Light, number>;
}

/**
 * Plans a day of a simulation.
 *
 * @param place Where.
 * @param seed The simulation's seed.
 * @param dayMs Start of the day (UTC), epoch milliseconds.
 */
export function planDay(place: Place, seed: number, dayMs: number): DayPlan {
  const spans = lightSpans(place, dayMs, dayMs + DAY_MS);
  const seconds = lightSeconds(spans);
  const factors = lightFactors(place);
  const weight = LIGHTS.reduce((sum, light) => sum + factors[light] * seconds[light], 0) / 86_400;
  const mean = seasonMean(dayMs);
  const strength = dayStrength(seed, dayMs / DAY_MS);
  const { dayDeviation } = SONG_MODEL;
  const [expected, drawn] = [none(), none()];
  for (const light of LIGHTS) {
    expected[light] = Math.min(MOST, mean * factors[light] / weight);
    if (expected[light] === 0) continue;
    const middle = logitOfMean(expected[light], dayDeviation);
    drawn[light] = logistic(middle + dayDeviation * strength);
  }
  return { dayMs, spans, seconds, expected, drawn };
}
