import { logistic } from "../analysis/calibration/logit.ts";
import { meanOfLogistic } from "../analysis/simulation/logit_of_mean.ts";
import { differenceOfDays, ratioOfDays, studentTQuantile } from "../analysis/statistics/mod.ts";
import { SeededRandom } from "../pipeline/recording/made_up/seeded_random.ts";

const CORRELATION = 0.85;
/** Deviation of a day's strength, and of what night and day do not share, on the logit scale. */
const DEVIATION = 1.5;
const OWN_DEVIATION = 0.75;
/** Night lies above the day's mean on the logit scale, and day as much below. */
const APART = 0.5;
const RESAMPLES = 500;
/** Half a day of seconds: night and day are of one length here. */
const HALF_DAY = 43_200;

/** How often 95 % intervals cover, and how wide they are. */
export interface Coverage {
  truth: "flat" | "seasonal";
  what: "level" | "night − day" | "one month";
  method: "ours" | "15-day blocks" | "day bootstrap";
  covered: number;
  /** Mean width of the intervals over the width that covers 95 % of the estimates. */
  width: number;
}

/**
 * Measures how often 95 % intervals cover the truth over simulated series of days that resemble
 * their neighbours (0.85 on the logit scale): by ours, by plain batch means of blocks of 15 days,
 * and by resampling days. One month, in the middle, has the whole series' memory.
 *
 * @param series Series for each truth.
 * @param seed What the random numbers start from.
 * @param days Days of a series; a pair of years by default.
 */
export function measureCoverage(series: number, seed: number, days = 730): Coverage[] {
  return (["flat", "seasonal"] as const).flatMap((truth) => {
    const middles = Float64Array.from({ length: days }, (_, day) => middleOf(truth, day));
    const known = {
      "level": mean(middles.map((m) => meanOfLogistic(m, DEVIATION))),
      "night − day": mean(middles.map(differenceTruth)),
      "one month": mean(monthOf(middles).map((m) => meanOfLogistic(m, DEVIATION))),
    };
    const found = new Map<string, { estimate: number; low: number; high: number }[]>();
    for (let one = 0; one < series; one++) {
      const random = new SeededRandom(seed, truth === "flat" ? 0 : 1, one);
      for (const [key, interval] of intervalsOf(middles, random)) {
        found.set(key, [...found.get(key) ?? [], interval]);
      }
    }
    return [...found].map(([key, intervals]) => {
      const [what, method] = key.split("|") as [Coverage["what"], Coverage["method"]];
      const inside = intervals.filter(({ low, high }) => low <= known[what] && known[what] <= high);
      const deviation = Math.sqrt(
        mean(intervals.map(({ estimate }) => (estimate - known[what]) ** 2)),
      );
      const width = mean(intervals.map(({ low, high }) => high - low)) / (2 * 1.96 * deviation);
      return { truth, what, method, covered: inside.length / intervals.length, width };
    });
  });
}

/** The middle of a day's strength: the same all year, or a song season with a silent summer. */
function middleOf(truth: Coverage["truth"], day: number): number {
  if (truth === "flat") return -1;
  return -5 + 5.2 * Math.exp(2 * (Math.cos(2 * Math.PI * (day - 105) / 365.25) - 1));
}

function differenceTruth(middle: number): number {
  const deviation = Math.hypot(DEVIATION, OWN_DEVIATION);
  return meanOfLogistic(middle + APART, deviation) - meanOfLogistic(middle - APART, deviation);
}

function intervalsOf(
  middles: Float64Array,
  random: SeededRandom,
): [string, { estimate: number; low: number; high: number }][] {
  const days = middles.length;
  const [shared, ownNight, ownDay] = [0, 1, 2].map(() => correlated(random, days));
  const effort = new Float64Array(days).fill(HALF_DAY);
  const part = (strength: (day: number) => number): Float64Array =>
    effort.map((seconds, day) => seconds * logistic(middles[day] + strength(day)));
  const all = part((day) => DEVIATION * shared[day]);
  const night = part((day) => APART + DEVIATION * shared[day] + OWN_DEVIATION * ownNight[day]);
  const light = part((day) => -APART + DEVIATION * shared[day] + OWN_DEVIATION * ownDay[day]);
  const level = ratioOfDays(all, effort);
  const apart = differenceOfDays({ part: night, effort }, { part: light, effort });
  const between = night.map((seconds, day) => seconds - light[day]);
  const month = ratioOfDays(monthOf(all), monthOf(effort), level.memory);
  return [
    ["level|ours", { estimate: level.ratio, ...level }],
    ["level|15-day blocks", { estimate: level.ratio, ...plainBlocks(all) }],
    ["level|day bootstrap", { estimate: level.ratio, ...bootstrap(all, random) }],
    ["night − day|ours", { estimate: apart.difference, ...apart }],
    ["night − day|15-day blocks", { estimate: apart.difference, ...plainBlocks(between) }],
    ["night − day|day bootstrap", { estimate: apart.difference, ...bootstrap(between, random) }],
    ["one month|ours", { estimate: month.ratio, ...month }],
  ];
}

/** Thirty days from the middle of a series. */
function monthOf(values: Float64Array): Float64Array {
  const from = Math.floor(values.length / 2) - 15;
  return values.subarray(from, from + 30);
}

/** Batch means as textbooks have them. */
function plainBlocks(part: Float64Array): { low: number; high: number } {
  const estimate = mean(part) / HALF_DAY;
  const blocks = Math.floor(part.length / 15);
  const sums = new Float64Array(blocks);
  for (const [day, seconds] of part.entries()) {
    sums[Math.min(blocks - 1, Math.floor(day / 15))] += seconds / HALF_DAY - estimate;
  }
  const squares = sums.reduce((sum, value) => sum + value ** 2, 0);
  const error = Math.sqrt(blocks / (blocks - 1) * squares) / part.length;
  const half = studentTQuantile(0.975, blocks - 1) * error;
  return { low: estimate - half, high: estimate + half };
}

/** A day's strength for each day: mean 0, deviation 1, correlated from day to day. */
function correlated(random: SeededRandom, days: number): Float64Array {
  const strength = new Float64Array(days);
  let last = random.gaussian();
  for (let day = 0; day < days; day++) {
    strength[day] = last;
    last = CORRELATION * last + Math.sqrt(1 - CORRELATION ** 2) * random.gaussian();
  }
  return strength;
}

/** The usual percentile bootstrap over days, as if they were independent. */
function bootstrap(part: Float64Array, random: SeededRandom): { low: number; high: number } {
  const days = part.length;
  const ratios = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < days; i++) sum += part[random.integer(0, days - 1)];
    return sum / (days * HALF_DAY);
  }).sort();
  const at = (chance: number): number => ratios[Math.round(chance * (RESAMPLES - 1))];
  return { low: at(0.025), high: at(0.975) };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
