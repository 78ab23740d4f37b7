/**
 * Makes one page of answers that opens without a network.
 *
 * @module
 */
export { BoutChoice, type BoutChoiceOptions } from "./bout_choice.ts";
export { clipAudio, nameOf, reportClips, wavClip } from "./clips.ts";
export { gather, type Gathered, type GatherOptions, NO_SITE, type ReportInput } from "./gather.ts";
export { makeReport } from "./make_report.ts";
export {
  type Cell,
  type Report,
  type ReportClip,
  type ReportSection,
  type ReportTable,
  reportTable,
} from "./report_model.ts";
export { reportPage } from "./report_page.ts";
