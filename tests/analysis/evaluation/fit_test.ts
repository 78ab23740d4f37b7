import assert from "node:assert/strict";
import {
  brierScore,
  expectedCalibrationError,
  fitLogistic,
} from "../../../analysis/evaluation/mod.ts";
import { logistic, logit } from "../../../analysis/statistics/mod.ts";
import { readGoldens } from "./goldens.ts";

const { logistic: golden } = await readGoldens();
const positive = golden.positive.map((value) => value === 1);
const x = golden.scores.map(logit);
const near = (found: number, expected: number, within: number): void =>
  assert.ok(Math.abs(found - expected) < within, `${found} is not ${expected}`);

Deno.test("the fit on the logit is statsmodels' and scikit-learn's, its covariance statsmodels'", () => {
  const fit = fitLogistic(x, positive, golden.groups);
  assert.ok(fit);
  [fit.intercept, fit.slope].forEach((value, i) => {
    near(value, golden.statsmodels[i], 1e-9);
    near(value, golden.scikitLearn[i], 1e-6);
  });
  const [[intercept, both], [, slope]] = golden.clusterCovariance;
  near(fit.covariance.intercept, intercept, 1e-9);
  near(fit.covariance.both, both, 1e-9);
  near(fit.covariance.slope, slope, 1e-9);
  near(4 - 2 * fit.logLikelihood, golden.aic.logit, 1e-8);
  const raw = fitLogistic(golden.scores, positive, golden.groups);
  near(4 - 2 * (raw?.logLikelihood ?? NaN), golden.aic.raw, 1e-8);
  const probabilities = x.map((value) => logistic(fit.intercept + fit.slope * value));
  near(brierScore(probabilities, positive), golden.brier, 1e-12);
});

Deno.test("scores that separate bouts from the rest, or are all alike, have no fit", () => {
  const kinds = [false, false, true, true];
  assert.equal(fitLogistic([-2, -1, 1, 2], kinds, [1, 2, 3, 4]), undefined);
  assert.equal(fitLogistic([1, 1, 1, 1], kinds, [1, 2, 3, 4]), undefined);
  assert.equal(fitLogistic([1, 2, 3, 4], [true, true, true, true], [1, 2, 3, 4]), undefined);
  assert.equal(fitLogistic([], [], []), undefined);
});

Deno.test("the expected calibration error is the mean distance in ten bins, each by its size", () => {
  const probabilities = [0.05, 0.05, 0.95, 0.95, 1];
  const truth = [false, true, true, true, false];
  // 2 of 5 items are off by 0.5 − 0.05, 3 of 5 by 2/3 − 2.9/3.
  near(expectedCalibrationError(probabilities, truth), (0.9 + 0.9) / 5, 1e-12);
  assert.ok(Number.isNaN(expectedCalibrationError([], [])));
});
