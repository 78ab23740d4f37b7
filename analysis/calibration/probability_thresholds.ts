import { Z_95 } from "../evaluation/mod.ts";
import type { Calibration } from "./calibration.ts";
import type { LogisticFit } from "./fit_logistic.ts";
import { CLIP, logistic, logit } from "./logit.ts";

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
export function probabilityThresholds(fit: LogisticFit, days: number): Calibration["thresholds"] {
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

/** The one-sided 95 % lower bound of the slope. */
export function slopeBound({ slope, covariance }: LogisticFit, days: number): number {
  return slope - Z_95 * Math.sqrt(covariance.slope * days / (days - 1));
}
