/**
 * How well calls and scores agree with what people marked.
 *
 * @module
 */
export * from "./annotations/mod.ts";
export { type Agreement, agreement, type AgreementOptions } from "./agreement.ts";
export { averagePrecision } from "./average_precision.ts";
export { type Counts, type Rates, ratesOf } from "./counts.ts";
export { effortCover } from "./effort_cover.ts";
export type { Event, Span } from "./event.ts";
export { eventCounts } from "./event_counts.ts";
export { intersectionCounts, type IntersectionOptions } from "./intersection_counts.ts";
export { isCounted } from "./is_counted.ts";
export { byCollar, byOverlap, type MatchCriterion } from "./match_criterion.ts";
export { maximumMatching } from "./maximum_matching.ts";
export { type SegmentCounts, segmentCounts, type SegmentOptions } from "./segment_counts.ts";
export {
  intersectSpans,
  lengthOfSpans,
  overlapWithSpans,
  subtractSpans,
  unionSpans,
} from "./spans.ts";
export { type OperatingPoint, psds } from "./psds.ts";
export { type ScoreRun, type SecondItems, secondItems } from "./second_items.ts";
export { type TargetThreshold, targetThreshold, type ThresholdTarget } from "./target_threshold.ts";
export {
  type ThresholdRow,
  thresholdTable,
  type ThresholdTableOptions,
} from "./threshold_table.ts";
export { wilsonLower } from "./wilson_lower.ts";
export { Z_95 } from "./wilson_lower.ts";
