/**
 * Compares detections with what people marked, with each other, and scores with probabilities.
 *
 * @module
 */
export { type Agreement, agreement, type AgreementOptions } from "./agreement.ts";
export {
  type Annotation,
  type AnnotationOptions,
  certainAnnotations,
  joinPieces,
  type LabelChoice,
  readAnnotations,
  readCoverage,
  UNCERTAIN_LABELS,
} from "./annotations/mod.ts";
export {
  applyCalibration,
  type Calibration,
  calibratorOf,
  formatCalibration,
  parseCalibration,
} from "./calibration.ts";
export { type Counts, type Event, type Rates, ratesOf } from "./counts.ts";
export {
  byCollar,
  byOverlap,
  eventCounts,
  isCounted,
  type MatchCriterion,
  maximumMatching,
} from "./event_counts.ts";
export { brierScore, expectedCalibrationError, fitCalibration } from "./fit_calibration.ts";
export { fitLogistic, type LogisticFit } from "./fit_logistic.ts";
export {
  intersectionCounts,
  type IntersectionOptions,
  type OperatingPoint,
  psds,
} from "./intersection_counts.ts";
export {
  agreementOf,
  type CrossCounts,
  crossCounts,
  type DetectionAgreement,
  presenceAgreement,
} from "./presence_agreement.ts";
export { effortCover, type ScoreRun, type SecondItems, secondItems } from "./second_items.ts";
export { type SegmentCounts, segmentCounts, type SegmentOptions } from "./segment_counts.ts";
export {
  type TargetThreshold,
  targetThreshold,
  type ThresholdTarget,
  wilsonLower,
  Z_95,
} from "./target_threshold.ts";
export {
  averagePrecision,
  type ThresholdRow,
  thresholdTable,
  type ThresholdTableOptions,
} from "./threshold_table.ts";
