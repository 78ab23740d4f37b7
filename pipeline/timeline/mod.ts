/**
 * Places recordings in time: when each starts, which holds which second, the days of an archive, schedules, sites.
 *
 * @module
 */
export { type Archive, catalogueOfDay, filesArchive } from "./archive.ts";
export { openArchive, type OpenArchiveOptions } from "./listed_archive.ts";
export { type AbsentRecording, absentSpans } from "./absent.ts";
export { type Catalogue, catalogueFiles, type CatalogueOfFiles } from "./catalogue.ts";
export { type DescribedRecording, describeRecording } from "./describe_recording.ts";
export type { DutyCycle, TimeSpan } from "./duty_cycle.ts";
export { ListedArchive, type ListedArchiveOptions } from "./listed_archive.ts";
export { NameFormat } from "./name_format.ts";
export { mixedRecorders } from "./recorders.ts";
export {
  findRecordings,
  type FoundRecordings,
  type ListedRecording,
  listRecordings,
  namedList,
  type RecordingList,
} from "./recording_list.ts";
export { RunReader, type RunReaderOptions } from "./run_reader.ts";
export { type IrregularGap, type SaidSchedule, Schedule } from "./schedule.ts";
export { findSite, KNOWN_SITES, readSites, type Site } from "./sites.ts";
export {
  type RecordingStart,
  recordingStart,
  type RecordingStartOptions,
  untimedNotes,
  zonelessNote,
} from "./start_time.ts";
export { isTemplate, templateList } from "./template.ts";
export { runStopMs, timeline } from "./timeline.ts";
export type {
  ClockReset,
  ContainingFile,
  Gap,
  Overlap,
  Run,
  Segment,
  Timeline,
  TimelineEntry,
} from "./timeline_types.ts";
