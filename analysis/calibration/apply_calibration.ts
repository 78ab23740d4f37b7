import { MegapteraError } from "../../pipeline/errors.ts";
import type { Calibration } from "./calibration.ts";
import { logistic, logit } from "./logit.ts";

/** What a calibration must have been fitted to. */
export interface CalibrationUse {
  /** Fingerprint of the scores; nothing for scores of unknown origin. */
  fingerprint?: string;
  /** Length of the median filter of the scores, in seconds. */
  medianSeconds: number;
}

/**
 * Filtered scores as probabilities that a call is there.
 *
 * @param filtered Filtered scores, 0 to 1; NaN without effort.
 * @param calibration What `evaluate --save-calibration` fitted.
 * @param use How the scores were made.
 * @returns Probabilities, as many; NaN stays.
 * @throws {MegapteraError} `configuration` where the calibration was fitted to scores that were
 * made or filtered another way.
 */
export function applyCalibration(
  filtered: ArrayLike<number>,
  calibration: Calibration,
  use: CalibrationUse,
): Float64Array {
  const remedy = "fit one to these with `evaluate --scores … --save-calibration`";
  if (calibration.medianSeconds !== use.medianSeconds) {
    throw new MegapteraError(
      "configuration",
      `Cannot use the calibration as it was fitted to scores with a median of ` +
        `${calibration.medianSeconds} s and these have one of ${use.medianSeconds} s: use the same ` +
        `median, or ${remedy}.`,
    );
  }
  if (calibration.fingerprint !== (use.fingerprint ?? null)) {
    const name = (fingerprint: string | null): string => fingerprint?.slice(0, 12) ?? "unknown";
    throw new MegapteraError(
      "configuration",
      `Cannot use the calibration as it was fitted to scores of another detector, recipe or gain: ` +
        `its fingerprint is ${name(calibration.fingerprint)}, that of these scores ` +
        `${name(use.fingerprint ?? null)}; ${remedy}.`,
    );
  }
  const { intercept, slope } = calibration;
  return Float64Array.from(filtered, (score) => logistic(intercept + slope * logit(score)));
}
