/**
 * Reads recordings: WAV and FLAC as float samples of any span, resampled, and checked for dead audio.
 *
 * @module
 */
export { type DeadSpan, DeadSpanFinder } from "./dead_audio.ts";
export { openFlac } from "./flac/mod.ts";
export {
  LevelMeter,
  livelierChannel,
  mayBeDeadChannel,
  type OddLevel,
  oddLevel,
  oddLevelWords,
} from "./level_check.ts";
export { openRecording } from "./open_recording.ts";
export { OtherFormats } from "./other_formats.ts";
export {
  type LostFrames,
  type Recording,
  type RecordingNeeds,
  type SampleFormat,
  type TimedFrames,
  unmetNeed,
  unreadable,
} from "./recording.ts";
export { Resampler } from "./resampler.ts";
export type { SampleSpan } from "./fir_stage.ts";
export type { SaidStart } from "./said_starts.ts";
export { LostReasons, type Survey, survey, type SurveyOptions } from "./survey.ts";
export { openWav } from "./wav/mod.ts";
