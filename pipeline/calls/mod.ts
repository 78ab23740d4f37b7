/**
 * Finds calls: from scores to bouts, by small exact kernels over continuous effort.
 *
 * @module
 */
export { type Bout, type BoutOptions, type BoutSink, findBouts, type Joining } from "./bouts.ts";
export { CallFinder, type CallOptions, type CallSink } from "./call_finder.ts";
export { EDGES, type Edges, type FilterSpan } from "./edges.ts";
export { type Call, callOf, centreShift, findCalls } from "./find_calls.ts";
export { medianAtLeast, medianFilter } from "./median_filter.ts";
export { type BinSpan, effortSpans, positiveBins } from "./positive_bins.ts";
export {
  type Calibrator,
  CALL_DEFAULTS,
  callSettings,
  type FilteredScores,
  type Scan,
  type ScanOptions,
  scanScores,
} from "./scan_scores.ts";
