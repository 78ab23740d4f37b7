/**
 * A report: score files in, one page that opens anywhere out.
 *
 * @module
 */
export { CallChoice, type CallChoiceOptions } from "./call_choice.ts";
export { gather, type Gathered, type GatherOptions } from "./gather.ts";
export { makeReport } from "./make_report.ts";
export { reportClips } from "./report_clips.ts";
export { NO_SITE, type ReportInput } from "./report_input.ts";
export type { Cell, Report, ReportClip, ReportSection, ReportTable } from "./report_model.ts";
export { reportPage } from "./report_page.ts";
export { reportTable } from "./report_table.ts";
export { nameOf } from "./clip_audio.ts";
