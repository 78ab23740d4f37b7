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
 * @returns The autocorrelation, and what follows from it.
 */
export function dayMemory(values: Float64Array): DayMemory {
  const known = values.reduce((count, value) => Number.isNaN(value) ? count : count + 1, 0);
  const correlation = autocorrelation(values, Math.floor(values.length / 3));
  const limit = 1.96 / Math.sqrt(known);
  const first = correlation.findIndex((value, lag) => lag > 0 && !(value >= limit));
  const [one, two] = [correlation[1] ?? NaN, correlation[2] ?? NaN];
  // Where neighbours are hardly alike, two days apart tell nothing of a form.
  const remembers = one > limit;
  const daily = remembers ? Math.min(MOST_DAILY, Math.max(0, two / one)) : 0;
  const share = daily > 0 ? Math.min(1, one / daily) : 0;
  return {
    correlation,
    independentDays: first < 0 ? correlation.length : first,
    daily,
    share,
  };
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
