/**
 * Recordings: where audio comes from, its formats, and which file holds which second.
 *
 * @module
 */
export * from "./archive/mod.ts";
export { absentSpans } from "./absent.ts";
export type { AbsentRecording, Catalogue } from "./catalogue.ts";
export { catalogueFiles, type CatalogueOfFiles } from "./catalogue_files.ts";
export { type DescribedRecording, describeRecording } from "./describe_recording.ts";
export { DeadSpanFinder } from "./dead_audio.ts";
export type { DeadSpan } from "./dead_audio.ts";
export { findRecordings, type FoundRecordings } from "./find_recordings.ts";
export { mixedRecorders } from "./recorders.ts";
export { openRecording } from "./open_recording.ts";
export { type Survey, survey, type SurveyOptions } from "./survey.ts";
export {
  LevelMeter,
  livelierChannel,
  mayBeDeadChannel,
  type OddLevel,
  oddLevel,
  oddLevelWords,
} from "./level_check.ts";
export { LostReasons } from "./lost_reasons.ts";
export type { LostFrames, Recording, SampleFormat, TimedFrames } from "./recording.ts";
export { type RecordingNeeds, unmetNeed } from "./recording_needs.ts";
export { NameFormat } from "./name_format.ts";
export { recordingStart, zonelessNote } from "./recording_start.ts";
export type { RecordingStart, RecordingStartOptions } from "./recording_start.ts";
export { openFlac } from "./flac/open_flac.ts";
export { runStopMs } from "./run_stop_ms.ts";
export { RunReader } from "./run_reader.ts";
export type { RunReaderOptions } from "./run_reader.ts";
export * from "./schedule/mod.ts";
export * from "./sites/mod.ts";
export { timeline } from "./timeline.ts";
export { untimedNotes } from "./untimed.ts";
export type { ClockReset, Gap, Overlap, Run, Segment } from "./timeline_types.ts";
export type { ContainingFile, Timeline, TimelineEntry } from "./timeline_types.ts";
export { openWav } from "./wav/open_wav.ts";
export { Resampler, type SampleSpan } from "./resampler.ts";
export { demoHour } from "./made_up/demo_hour.ts";
export { makeOcean, type Ocean } from "./made_up/make_ocean.ts";
export type { OceanEvent, SoundKind, ToneForm } from "./made_up/ocean_event.ts";
export { planOcean } from "./made_up/plan_ocean.ts";
export { writeMadeUpWav } from "./made_up/write_made_up_wav.ts";
