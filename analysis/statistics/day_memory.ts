/** Beyond this a fitted correlation would make any interval endless. */
const MOST_DAILY = 0.97;
/** Days of the sums whose variance says how far days' likeness reaches. */
const GROWTH_DAYS = 15;
const MOST_ROUNDS = 50;
/** Fewer days than this do not tell how they resemble each other. */
const FEW_DAYS = 75;

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
  // Of few days the first value may be as much higher as chance makes it once in a hundred.
  const high = filled.slice(1, 2).map((value) => value + 2.33 / Math.sqrt(known));
  const measured = fittedForm(near, known, turns, near[0] > limit);
  const cautious = fittedForm(high, known, turns, known < FEW_DAYS && high.length > 0);
  const { form, lost } = slowness(cautious.form) > slowness(measured.form) ? cautious : measured;
  let growth = 1;
  for (let lag = 1; lag < Math.min(GROWTH_DAYS, filled.length); lag++) {
    growth += 2 * (1 - lag / GROWTH_DAYS) * (filled[lag] * (1 - lost) + lost);
  }
  return { correlation, reachDays, ...form, growth };
}

/** Computes the autocorrelation, to 15 days at least where there are so many, and the first lag of chance. */
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

/** The fitted form, and what of all correlations was lost to the mean and the season. */
interface Fitted {
  form: Form;
  lost: number;
}

type Form = Pick<DayMemory, "daily" | "share">;

/** Fits the form of the same first value and sum to some correlations, putting back what fits took. */
function fittedForm(
  near: Float64Array,
  days: number,
  turns: readonly number[],
  above: boolean,
): Fitted {
  let form: Form = { daily: 0, share: 0 };
  let lost = (1 + turns.length) / days;
  for (let round = 0; round < MOST_ROUNDS && above; round++) {
    form = formOf(near.map((value) => value * (1 - lost) + lost));
    const next = Math.min(0.9, takenOut(form, days, turns) / days);
    if (Math.abs(next - lost) < 1e-6) break;
    lost = (lost + next) / 2;
  }
  return { form, lost };
}

/** Computes how much more slow chance adds to the variance of a long mean. */
function slowness({ daily, share }: Form): number {
  return share * daily / (1 - daily);
}

/** Finds the form `share · daily^lag` of the same first value and the same sum; of one value, `share` 1. */
function formOf(near: Float64Array): Form {
  const [first] = near;
  if (near.length === 1) return { daily: Math.max(0, Math.min(MOST_DAILY, first)), share: 1 };
  const sum = near.reduce((total, value) => total + value, 0);
  // Of a geometric series the first is (1 − daily)/(1 − daily^lags) of the sum.
  let [low, high] = [0, MOST_DAILY];
  for (let step = 0; step < 30; step++) {
    const daily = (low + high) / 2;
    if ((1 - daily) / (1 - daily ** near.length) > first / sum) low = daily;
    else high = daily;
  }
  return { daily: low, share: low > 0 ? Math.min(1, first / low) : 0 };
}

/** Computes what mean and season take of the sum of squares, in days' variances. */
function takenOut(form: Form, days: number, turns: readonly number[]): number {
  const { daily, share } = form;
  // The variance of the mean of `days` days, times them.
  const ends = (1 - daily ** days) / (days * (1 - daily));
  const mean = 1 + 2 * share * daily / (1 - daily) * (1 - ends);
  return mean + seasonSpectrum(form, turns);
}

/**
 * Sums the spectrum of the fitted form over the season's waves; each is 1 for independent days.
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
 * Computes the variance of a weighted sum of days that are correlated as the fitted form has it, of
 * variance 1 each: `Σ_i Σ_j w_i w_j r_|i−j|`.
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

/**
 * Computes how alike values are that lie some steps apart: the mean of `(x_i − m)(x_{i+k} − m)` over the pairs
 * in which both are known, over the mean of `(x_i − m)²`.
 *
 * Source: statsmodels' `acf(adjusted=True, missing="conservative")`.
 *
 * @param values Values at equal steps; NaN where unknown.
 * @param most The longest lag, in steps, ≥ 0; at most one less than there are values.
 * @returns `[most + 1]`, from lag 0 (which is 1) on; NaN where the values do not vary, and at lags
 * that no two known values have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...autocorrelation([1, -1, 1, -1], 2)], [1, -1, 1]);
 * ```
 */
export function autocorrelation(values: ArrayLike<number>, most: number): Float64Array {
  const longest = Math.max(0, Math.min(most, values.length - 1));
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    count++;
  }
  const mean = sum / count;
  // An unknown value stands at the mean, and so adds nothing to any pair.
  const apart = Float64Array.from(values, (value) => Number.isNaN(value) ? 0 : value - mean);
  const whole = count === values.length;
  const at = (lag: number): number => {
    let [total, pairs] = [0, 0];
    for (let i = lag; i < apart.length; i++) total += apart[i] * apart[i - lag];
    if (whole) return total / (values.length - lag);
    for (let i = lag; i < apart.length; i++) {
      if (!Number.isNaN(values[i]) && !Number.isNaN(values[i - lag])) pairs++;
    }
    return total / pairs;
  };
  const all = at(0);
  return Float64Array.from({ length: longest + 1 }, (_, lag) => all > 0 ? at(lag) / all : NaN);
}
