import type { FilteredScores } from "../../pipeline/calls/mod.ts";
import type { Calibration } from "./calibration.ts";
import { calibratorOf } from "./calibrator_of.ts";

/**
 * Filtered scores as probabilities that a call is there.
 *
 * @param filtered Filtered scores, 0 to 1; NaN without effort.
 * @param calibration What `evaluate --save-calibration` fitted.
 * @param use How the scores were made and filtered.
 * @returns Probabilities, as many; NaN stays.
 * @throws {MegapteraError} `configuration` where the calibration was fitted to scores that were
 * made or filtered another way.
 */
export function applyCalibration(
  filtered: ArrayLike<number>,
  calibration: Calibration,
  use: FilteredScores,
): Float64Array {
  const { check, apply } = calibratorOf(calibration);
  check(use);
  return Float64Array.from(filtered, apply);
}
