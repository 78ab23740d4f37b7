import { formatUtc, MegapteraError } from "../../core/mod.ts";
import type { FilteredScores } from "../../pipeline/calls/mod.ts";
import type { SecondItems } from "../evaluation/mod.ts";
import { brierScore } from "./brier_score.ts";
import type { Calibration } from "./calibration.ts";
import { expectedCalibrationError } from "./expected_calibration_error.ts";
import { fitLogistic } from "./fit_logistic.ts";
import { heldOutProbabilities } from "./held_out_probabilities.ts";
import { logit } from "./logit.ts";
import { probabilityThresholds, slopeBound } from "./probability_thresholds.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Wood and Kahl ask for some 200 clips; seconds of one hour are too alike to count as more. */
const LEAST_HOURS = 200;

/**
 * Fits the probability that a call is there to the logit of filtered scores.
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
      `it needs seconds with and without calls: ${positives} of ${positive.length} have one`,
    );
  }
  const x = scores.map(logit);
  const days = secondMs.map((ms) => Math.floor(ms / DAY_MS));
  const fit = fitLogistic(x, positive, days);
  if (!fit) {
    throw refused(
      "the scores of seconds with calls and without do not overlap (or are all alike), which no " +
        "curve can be fitted to",
    );
  }
  const dayCount = new Set(days).size;
  const bound = slopeBound(fit, dayCount);
  if (!(bound > 0)) {
    throw refused(
      `higher scores must mean more calls: the slope is ${
        fit.slope.toFixed(3)
      }, and surely above ` +
        `only ${bound.toFixed(3)}`,
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
