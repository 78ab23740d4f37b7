import { logistic } from "../../analysis/statistics/mod.ts";
import {
  type Light,
  LIGHTS,
  type LightSpan,
  lightSpans,
  type Place,
} from "../../analysis/sun/mod.ts";
import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import { STREAM } from "./draw_scores.ts";
import { SONG_MODEL } from "./song_model.ts";

/** The song never fills more of a class of light than this, on average. */
const MOST = 0.97;

/** Plan of a day by the model, before its song is drawn. */
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
 * @param place The site.
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

/** Days back after which what is left of a draw is below a part in 10,000. */
const MEMORY_DAYS = 60;

/**
 * Draws how strong a day's song is: mean 0, deviation 1, correlated from day to day as an
 * autoregressive process. It is summed from the draws of the days before, so that any day can be
 * had by itself.
 *
 * @param seed The simulation's seed.
 * @param day Days since 1970.
 */
function dayStrength(seed: number, day: number): number {
  const { dayCorrelation } = SONG_MODEL;
  let sum = 0;
  for (let back = MEMORY_DAYS; back >= 0; back--) {
    const draw = new SeededRandom(seed, STREAM.strength, day - back).gaussian();
    sum = sum * dayCorrelation + draw;
  }
  return sum * Math.sqrt(1 - dayCorrelation ** 2);
}

/**
 * Computes the part of a day's time that the model gives to song, on average over all that might
 * have been.
 *
 * @param dayMs Start of the day (UTC), epoch milliseconds.
 * @returns 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(seasonMean(Date.UTC(2016, 6, 1)), 0);
 * assert.equal(seasonMean(Date.UTC(2016, 10, 10)), 0.643);
 * ```
 */
export function seasonMean(dayMs: number): number {
  const date = new Date(dayMs);
  const year = date.getUTCFullYear();
  const at = (of: number, [month, day]: readonly number[]): number => Date.UTC(of, month - 1, day);
  const { season } = SONG_MODEL;
  // The year's last point stands before its first, and its first after its last.
  const points = [
    [at(year - 1, season[season.length - 1]), season[season.length - 1][2]],
    ...season.map((point) => [at(year, point), point[2]]),
    [at(year + 1, season[0]), season[0][2]],
  ];
  const next = points.findIndex(([ms]) => ms > dayMs);
  const [[beforeMs, before], [afterMs, after]] = points.slice(next - 1);
  const strong = before + (after - before) * (dayMs - beforeMs) / (afterMs - beforeMs);
  const seasonYear = date.getUTCMonth() >= 7 ? year : year - 1;
  return seasonYear % 2 === 0 ? strong : strong * SONG_MODEL.weakYear;
}

/** Points of the normal distribution at the middles of slices of equal width, and their weights. */
const POINTS = Array.from({ length: 81 }, (_, i) => {
  const z = (i - 40) / 8;
  return [z, Math.exp(-z * z / 2)] as const;
});
const TOTAL = POINTS.reduce((sum, [, weight]) => sum + weight, 0);

/**
 * Computes the mean of the logistic of a normally distributed number.
 *
 * @param middle Its middle.
 * @param deviation Its standard deviation, ≥ 0.
 * @returns 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(meanOfLogistic(0, 1.5) - 0.5) < 1e-12);
 * ```
 */
export function meanOfLogistic(middle: number, deviation: number): number {
  return POINTS.reduce((sum, [z, w]) => sum + w * logistic(middle + deviation * z), 0) / TOTAL;
}

/**
 * Finds the middle of a normal distribution on the logit scale whose logistic has a given mean.
 *
 * @param mean 0 to 1; kept within 1e-9 of the ends.
 * @param deviation Standard deviation on the logit scale.
 * @returns The middle, such that the mean of `logistic(middle + deviation · z)` is `mean`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(logitOfMean(0.5, 1)) < 1e-9);
 * assert(logitOfMean(0.8, 1) > Math.log(4));
 * ```
 */
export function logitOfMean(mean: number, deviation: number): number {
  let [low, high] = [-30, 30];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (meanOfLogistic(middle, deviation) < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The years that the published shares are of. */
const FROM_MS = Date.UTC(2015, 7, 1);
const TO_MS = Date.UTC(2017, 7, 1);
/** Each round brings the shares nearer by about a factor of three. */
const ROUNDS = 30;

const known = new Map<string, Record<Light, number>>();

/**
 * Computes how much more of a class of light has song than another, such that over the two
 * published years the song falls on the classes in the model's shares.
 *
 * @param place The site.
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

/** Makes a 0 for each class of light. */
export function none(): Record<Light, number> {
  return { night: 0, dawn: 0, day: 0, dusk: 0 };
}

/** Adds up the seconds in each class of light. */
function lightSeconds(spans: readonly LightSpan[]): Record<Light, number> {
  const seconds = none();
  for (const { startMs, stopMs, light } of spans) seconds[light] += (stopMs - startMs) / 1000;
  return seconds;
}
