import { DAY_MS, formatUtc, HOUR_MS, MegapteraError } from "../../core/mod.ts";
import type { FilteredScores } from "../../pipeline/bouts/mod.ts";
import { CLIP, logistic, logit } from "../statistics/mod.ts";
import type { Calibration } from "./calibration.ts";
import { fitLogistic, type LogisticFit } from "./fit_logistic.ts";
import type { SecondItems } from "./second_items.ts";
import { Z_95 } from "./target_threshold.ts";

/** Wood and Kahl ask for some 200 clips; seconds of one hour are too alike to count as more. */
const LEAST_HOURS = 200;

/**
 * Fits the probability that a bout is there to the logit of filtered scores.
 *
 * Source: Wood and Kahl 2024 (logistic regression on the logit, AIC against the raw score). What is
 * refused, bounds by days, and judging on days that were left out are our choice.
 *
 * @param items Seconds with filtered score and truth.
 * @param use How the scores were made and filtered.
 * @returns The calibration.
 * @throws {MegapteraError} `data` where it can't be trusted: fewer than 200 different hours, only
 * one kind of second, kinds that a score separates without fault, a slope that is not surely above
 * 0, or a probability of 0.9 that no score reaches.
 */
export function fitCalibration(items: SecondItems, use: FilteredScores): Calibration {
  const { scores, positive, secondMs } = items;
  const hours = new Set(secondMs.map((ms) => Math.floor(ms / HOUR_MS))).size;
  if (hours < LEAST_HOURS) {
    throw refused(
      `it needs annotated seconds of ${LEAST_HOURS} different hours: there are ${hours}`,
    );
  }
  const positives = positive.filter(Boolean).length;
  if (positives === 0 || positives === positive.length) {
    throw refused(
      `it needs seconds with and without bouts: ${positives} of ${positive.length} have one`,
    );
  }
  const x = scores.map(logit);
  const days = secondMs.map((ms) => Math.floor(ms / DAY_MS));
  const fit = fitLogistic(x, positive, days);
  if (!fit) {
    throw refused(
      "the scores of seconds with bouts and without do not overlap (or are all alike), which no " +
        "curve can be fitted to",
    );
  }
  const dayCount = new Set(days).size;
  const bound = slopeBound(fit, dayCount);
  if (!(bound > 0)) {
    throw refused(
      `higher scores must mean more bouts: the slope is ${fit.slope.toFixed(3)}, and at least ` +
        `${bound.toFixed(3)} (one-sided 95 %)`,
    );
  }
  const thresholds = probabilityThresholds(fit, dayCount);
  if (thresholds[0].score === null) {
    throw refused("no score reaches a probability of 0.9");
  }
  const heldOut = heldOutProbabilities(x, positive, days);
  const raw = fitLogistic(scores, positive, days);
  if (!heldOut || !raw) throw refused("it can't be fitted any more where some days are left out");
  const rate = positives / positive.length;
  const nullLikelihood = positives * Math.log(rate) +
    (positive.length - positives) * Math.log(1 - rate);
  const sorted = secondMs.toSorted();
  return {
    format: "megaptera-calibration/1",
    fingerprint: use.fingerprint ?? null,
    medianSeconds: use.medianSeconds,
    edges: use.edges,
    intercept: fit.intercept,
    slope: fit.slope,
    fittedOn: {
      seconds: positive.length,
      positiveSeconds: positives,
      hours,
      days: dayCount,
      first: formatUtc(sorted[0]),
      last: formatUtc(sorted[sorted.length - 1]),
    },
    aic: {
      null: 2 - 2 * nullLikelihood,
      raw: 4 - 2 * raw.logLikelihood,
      logit: 4 - 2 * fit.logLikelihood,
    },
    heldOut: {
      brier: brierScore(heldOut, positive),
      expectedCalibrationError: expectedCalibrationError(heldOut, positive),
    },
    thresholds,
  };
}

function refused(rule: string): MegapteraError {
  return new MegapteraError(
    "data",
    `Cannot calibrate these scores as ${rule}; annotate more, drawn over scores, seasons and noise.`,
  );
}

const FOLDS = 5;

/**
 * Probabilities of items whose day had no part in the fit that gave them: days are dealt out to five
 * folds in their order.
 *
 * @param x Logit of the score of each item.
 * @param positive Whether each item is truly positive.
 * @param days Day of each item.
 * @returns One probability an item; nothing where a fold can't be fitted.
 */
function heldOutProbabilities(
  x: Float64Array,
  positive: readonly boolean[],
  days: Float64Array,
): Float64Array | undefined {
  const fold = new Map([...new Set(days)].sort((a, b) => a - b).map((day, i) => [day, i % FOLDS]));
  const probabilities = new Float64Array(x.length);
  for (let out = 0; out < FOLDS; out++) {
    const isOut = (_: unknown, item: number): boolean => fold.get(days[item]) === out;
    const isIn = (_: unknown, item: number): boolean => fold.get(days[item]) !== out;
    const fit = fitLogistic(x.filter(isIn), positive.filter(isIn), days.filter(isIn));
    if (!fit) return undefined;
    x.forEach((value, item) => {
      if (isOut(value, item)) probabilities[item] = logistic(fit.intercept + fit.slope * value);
    });
  }
  return probabilities;
}

const PROBABILITIES = [0.9, 0.95, 0.99];

/**
 * The score of some probabilities, `logistic((logit p − intercept) / slope)`, and the one-sided
 * 95 % lower bound of the probability there.
 *
 * Source: Wood and Kahl 2024 for the thresholds; the bound is Wald's, of the linear predictor, with
 * the covariance by days times days / (days − 1).
 *
 * @param fit The regression on the logit.
 * @param days Number of days it was fitted on, ≥ 2.
 * @returns Of 0.9, 0.95 and 0.99; `null` where no score within 1e-5 and 1 − 1e-5 reaches it.
 */
function probabilityThresholds(fit: LogisticFit, days: number): Calibration["thresholds"] {
  const { intercept, slope, covariance } = fit;
  return PROBABILITIES.map((probability) => {
    const x = (logit(probability) - intercept) / slope;
    const score = logistic(x);
    if (!(score >= CLIP && score <= 1 - CLIP)) {
      return { probability, score: null, lowerBound: null };
    }
    const variance = covariance.intercept + 2 * x * covariance.both + x * x * covariance.slope;
    const error = Math.sqrt(variance * days / (days - 1));
    return { probability, score, lowerBound: logistic(intercept + slope * x - Z_95 * error) };
  });
}

/** Computes the one-sided 95 % lower bound of the slope. */
function slopeBound({ slope, covariance }: LogisticFit, days: number): number {
  return slope - Z_95 * Math.sqrt(covariance.slope * days / (days - 1));
}

/**
 * Brier score: the mean squared difference of probability and truth; 0 is perfect, and 0.25 is what
 * a probability of 0.5 for everything gets.
 *
 * Source: G. W. Brier, Monthly Weather Review 78 (1950) 1; scikit-learn's `brier_score_loss`.
 *
 * @param probabilities One an item, 0 to 1.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN for no items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(brierScore([1, 0.5], [true, false]) === 0.125);
 * ```
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    sum += (probabilities[i] - (positive[i] ? 1 : 0)) ** 2;
  }
  return sum / probabilities.length;
}

const BINS = 10;

/**
 * Expected calibration error: how far, on average, the share of positives is from the mean
 * probability, in ten bins of equal width.
 *
 * Source: Naeini, Cooper, Hauskrecht, AAAI 2015; Guo and others, ICML 2017.
 *
 * @param probabilities One an item, 0 to 1.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN for no items.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(expectedCalibrationError([0.75, 0.75], [true, false]) === 0.25);
 * ```
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  // Of each bin, the sum of probability less truth: its size cancels out of the weighted mean.
  const sums = new Float64Array(BINS);
  for (let i = 0; i < probabilities.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor(probabilities[i] * BINS));
    sums[bin] += probabilities[i] - (positive[i] ? 1 : 0);
  }
  return sums.reduce((sum, value) => sum + Math.abs(value), 0) / probabilities.length;
}
