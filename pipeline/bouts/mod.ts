/**
 * Finds bouts: from scores to bouts, by small exact kernels over continuous effort.
 *
 * @module
 */
export {
  type BinBout,
  type BinBoutOptions,
  type BinBoutSink,
  findBinBouts,
  type Joining,
} from "./bouts.ts";
export { BoutFinder, type BoutOptions, type BoutSink } from "./bout_finder.ts";
export { EDGES, type Edges, type FilterSpan } from "./edges.ts";
export { type Bout, boutOf, centreShift, findBouts } from "./find_bouts.ts";
export { medianAtLeast, medianFilter } from "./median_filter.ts";
export { type BinSpan, effortSpans, positiveBins } from "./positive_bins.ts";
export {
  BOUT_DEFAULTS,
  boutSettings,
  type Calibrator,
  type FilteredScores,
  type Scan,
  type ScanOptions,
  scanScores,
} from "./scan_scores.ts";
