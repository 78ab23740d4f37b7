import { autocorrelation } from "./autocorrelation.ts";

/** Beyond this a fitted correlation would make any interval endless. */
const MOST_DAILY = 0.97;
/** Days of the sums whose variance says how far days' likeness reaches. */
const GROWTH_DAYS = 15;
const MOST_ROUNDS = 50;

/** How days resemble those before them. */
export interface DayMemory {
  /** Correlation of days `lag` apart, from lag 0 on; NaN where no two days with effort are. */
  correlation: Float64Array;
  /** The first lag at which it is below what chance gives, 1.96/√days. */
  reachDays: number;
  /** The fitted form `share · daily^lag` for lags from 1 on; both 0 where none is above chance. */
  daily: number;
  share: number;
  /**
   * How many times as much sums over 15 days vary as those of independent days would: 1 for those;
   * 2 Σ_{k<15} (1 − k/15) r_k more.
   */
  growth: number;
}

/**
 * Measures how long days remember.
 *
 * Taking out the mean and the season takes slow chance out as well, so that all correlations come
 * out too low, by about what the fitted form says of the spectrum at the season's waves; it is put
 * back, round after round, until form and correction agree.
 *
 * @param values One value a day, the season taken out; NaN where there was no effort.
 * @param turns Waves that the season was taken out with, as `withoutSeason` gives them.
 * @returns The autocorrelation, and what follows from it.
 */
export function dayMemory(values: Float64Array, turns: readonly number[]): DayMemory {
  const known = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  const limit = 1.96 / Math.sqrt(known);
  const [correlation, reachDays] = upToChance(values, limit);
  const filled = withoutHoles(correlation);
  const near = filled.subarray(1, reachDays);
  let form = { daily: 0, share: 0 };
  let lost = (1 + turns.length) / known;
  const back = (value: number): number => value * (1 - lost) + lost;
  for (let round = 0; round < MOST_ROUNDS && near[0] > limit; round++) {
    form = formOf(near, back);
    const next = Math.min(0.9, takenOut(form, known, turns) / known);
    if (Math.abs(next - lost) < 1e-6) break;
    lost = (lost + next) / 2;
  }
  let growth = 1;
  for (let lag = 1; lag < Math.min(GROWTH_DAYS, filled.length); lag++) {
    growth += 2 * (1 - lag / GROWTH_DAYS) * back(filled[lag]);
  }
  return { correlation, reachDays, ...form, growth };
}

/** The autocorrelation, to 15 days at least where there are so many, and the first lag of chance. */
function upToChance(values: Float64Array, limit: number): [Float64Array, number] {
  const most = Math.floor(values.length / 3);
  for (let longest = Math.min(most, 2 * GROWTH_DAYS);; longest = Math.min(most, 2 * longest)) {
    const correlation = autocorrelation(values, longest);
    // A lag that no two days have says nothing; where days do not vary, none says anything.
    const first = correlation.findIndex((value, lag) =>
      lag > 0 && (value < limit || Number.isNaN(correlation[0]))
    );
    if (first > 0 || longest >= most) {
      return [correlation, first > 0 ? first : correlation.length];
    }
  }
}

/**
 * Lags that no two days have, as where every other day is heard, take a value on the line between
 * their neighbours'; before the first and after the last known one, that one's.
 */
function withoutHoles(correlation: Float64Array): Float64Array {
  const known = Array.from(correlation.keys()).filter((lag) =>
    lag > 0 && !Number.isNaN(correlation[lag])
  );
  return correlation.map((value, lag) => {
    if (!Number.isNaN(value)) return value;
    const after = known.find((other) => other > lag) ?? known.at(-1) ?? 0;
    const before = known.findLast((other) => other < lag) ?? after;
    const [from, to] = [correlation[before], correlation[after]];
    return after > before ? from + (to - from) * (lag - before) / (after - before) : from;
  });
}

/** The form `share · daily^lag` of the same first value and the same sum up to where chance begins. */
function formOf(
  near: Float64Array,
  back: (value: number) => number,
): { daily: number; share: number } {
  const first = back(near[0]);
  const sum = near.reduce((total, value) => total + back(value), 0);
  // Of a geometric series the first is (1 − daily)/(1 − daily^lags) of the sum.
  let [low, high] = [0, MOST_DAILY];
  for (let step = 0; step < 30; step++) {
    const daily = (low + high) / 2;
    if ((1 - daily) / (1 - daily ** near.length) > first / sum) low = daily;
    else high = daily;
  }
  return { daily: low, share: low > 0 ? Math.min(1, first / low) : 0 };
}

/** What mean and season take of the sum of squares, in days' variances. */
function takenOut(
  memory: Pick<DayMemory, "daily" | "share">,
  days: number,
  turns: readonly number[],
): number {
  const { daily, share } = memory;
  // The variance of the mean of `days` days, times them.
  const ends = (1 - daily ** days) / (days * (1 - daily));
  const mean = 1 + 2 * share * daily / (1 - daily) * (1 - ends);
  return mean + seasonSpectrum(memory, turns);
}

/**
 * The spectrum of the fitted form at the season's waves, summed; each is 1 for independent days.
 *
 * @param memory The fitted form.
 * @param turns Waves, in radians a day.
 */
export function seasonSpectrum(
  { daily, share }: Pick<DayMemory, "daily" | "share">,
  turns: readonly number[],
): number {
  return turns.reduce((sum, turn) => {
    const cosine = Math.cos(turn);
    const slow = 2 * daily * (cosine - daily) / (1 - 2 * daily * cosine + daily ** 2);
    return sum + 1 + share * slow;
  }, 0);
}

/**
 * The variance of a weighted sum of days that are correlated as the fitted form has it, of variance 1
 * each: `Σ_i Σ_j w_i w_j r_|i−j|`.
 *
 * @param memory The fitted form.
 * @param weights One a day.
 * @param from First day of the sum.
 * @param to The day after its last.
 * @returns ≥ 0; the sum of squared weights for independent days.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(varianceOfSum({ daily: 0.5, share: 1 }, Float64Array.of(1, 1, 1)), 3 + 2 * 1.25);
 * ```
 */
export function varianceOfSum(
  { daily, share }: Pick<DayMemory, "daily" | "share">,
  weights: Float64Array,
  from = 0,
  to = weights.length,
): number {
  let [variance, before] = [0, 0];
  for (let day = from; day < to; day++) {
    const weight = weights[day];
    variance += weight * (weight + 2 * share * before);
    before = daily * (before + weight);
  }
  return variance;
}
