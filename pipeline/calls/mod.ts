/**
 * Calls: from scores to bouts. Small exact kernels over continuous effort.
 *
 * @module
 */
export { type BinSpan, effortSpans } from "./effort_spans.ts";
export { medianFilter } from "./median_filter.ts";
export { type Bout, type BoutOptions, findBouts } from "./bouts.ts";
