/**
 * Whether two thresholds or two detectors say the same.
 *
 * @module
 */
export { agreementOf, type DetectionAgreement } from "./agreement_of.ts";
export { type CrossCounts, crossCounts } from "./cross_counts.ts";
export { presenceAgreement } from "./presence_agreement.ts";
