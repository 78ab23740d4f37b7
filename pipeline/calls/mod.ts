/**
 * Calls: from scores to bouts. Small exact kernels over continuous effort, for scores as a whole and
 * for scores that come hour after hour.
 *
 * @module
 */
export { type BinSpan, effortSpans } from "./effort_spans.ts";
export { EDGES, type Edges, type FilterSpan } from "./edges.ts";
export { medianFilter } from "./median_filter.ts";
export { medianAtLeast } from "./median_at_least.ts";
export { positiveBins } from "./positive_bins.ts";
export { type Bout, type BoutOptions, findBouts } from "./bouts.ts";
export type { BoutSink, Joining } from "./bout_builder.ts";
export { CallFinder, type CallOptions, type CallSink } from "./call_finder.ts";
export { CALL_DEFAULTS } from "./call_defaults.ts";
export { type Call, callOf, centreShift } from "./call.ts";
export type { Calibrator, FilteredScores } from "./calibrator.ts";
export { findCalls } from "./find_calls.ts";
export { callSettings, type Scan, type ScanOptions, scanScores } from "./scan_scores.ts";
