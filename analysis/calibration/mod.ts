/**
 * From filtered scores to probabilities.
 *
 * @module
 */
export { applyCalibration } from "./apply_calibration.ts";
export { brierScore } from "./brier_score.ts";
export { type Calibration, formatCalibration, parseCalibration } from "./calibration.ts";
export { calibratorOf } from "./calibrator_of.ts";
export { expectedCalibrationError } from "./expected_calibration_error.ts";
export { fitCalibration } from "./fit_calibration.ts";
export { fitLogistic, type LogisticFit } from "./fit_logistic.ts";
export { logistic, logit } from "./logit.ts";
