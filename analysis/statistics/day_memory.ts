import { autocorrelation } from "./autocorrelation.ts";

/** Beyond this a fitted correlation would make any interval endless. */
const MOST_DAILY = 0.97;

/** How days resemble those before them. */
export interface DayMemory {
  /** Correlation of days `lag` apart, from lag 0 on. */
  correlation: Float64Array;
  /** The first lag at which it is below what chance gives, 1.96/√days. */
  independentDays: number;
  /** The fitted form `share · daily^lag` for lags from 1 on. */
  daily: number;
  share: number;
}

/**
 * Measures how long days remember.
 *
 * @param values One value a day, the season taken out; NaN where there was no effort.
 * @param used Degrees of freedom that taking out the season used.
 * @returns The autocorrelation, and what follows from it.
 */
export function dayMemory(values: Float64Array, used: number): DayMemory {
  const known = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  const correlation = autocorrelation(values, Math.floor(values.length / 3));
  const limit = 1.96 / Math.sqrt(known);
  const first = correlation.findIndex((value, lag) => lag > 0 && !(value >= limit));
  const independentDays = first < 0 ? correlation.length : first;
  const near = correlation.subarray(1, independentDays);
  return { correlation, independentDays, ...fittedForm(near, limit, (1 + used) / known) };
}

/**
 * The form that has the same first value and the same sum up to where chance takes over. Taking out
 * the mean and the season takes out slow chance too, by about `lost` times the sum of all
 * correlations, which is put back.
 */
function fittedForm(
  near: Float64Array,
  limit: number,
  lost: number,
): { daily: number; share: number } {
  if (!(near[0] > limit)) return { daily: 0, share: 0 };
  const sum = near.reduce((total, value) => total + value, 0);
  const back = lost * (1 + 2 * sum);
  const one = (near[0] + back) / (1 + back);
  const daily = Math.min(
    MOST_DAILY,
    Math.max(0, 1 - one / ((sum + back * near.length) / (1 + back))),
  );
  return { daily, share: daily > 0 ? Math.min(1, one / daily) : 0 };
}
/**
 * How much larger the variance of a long mean is than blocks of days let it seem, as the blocks'
 * ends resemble their neighbours' beginnings:
 * `(1 + 2 Σ_{k≥1} r_k) / (1 + 2 Σ_{k<L} (1 − k/L) r_k)` with the fitted `r_k`.
 *
 * @param memory As measured.
 * @param blockDays Days of a block, ≥ 1.
 * @returns ≥ 1.
 */
export function neighbourFactor({ daily, share }: DayMemory, blockDays: number): number {
  const endless = 1 + 2 * share * daily / (1 - daily);
  let within = 1;
  for (let lag = 1; lag < blockDays; lag++) {
    within += 2 * share * daily ** lag * (1 - lag / blockDays);
  }
  return endless / within;
}
