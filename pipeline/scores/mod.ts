/**
 * Keeps the score file, the waist of the house: CSV, manifest, reasons, store, readers, verification.
 *
 * @module
 */
export type { DoneHour } from "./done_index.ts";
export { HOUR_BINS, hourPath, hoursBetween } from "./hour.ts";
export {
  classOf,
  formatManifest,
  heardRateHz,
  type Manifest,
  type ManifestFile,
  type ManifestSegment,
  parseManifest,
} from "./manifest.ts";
export { parseScoreBytes } from "./parse_score_bytes.ts";
export { readScores } from "./score_set.ts";
export type { ScoredHour } from "./read_score_hour.ts";
export {
  heardSeconds,
  isAudioMissing,
  isRecordingLost,
  type LostEffort,
  lostEffort,
  type LostRecording,
  lostRecordings,
  type LostTime,
  lostWords,
  type NoEffortKind,
  type NoEffortReason,
  type NoEffortSpan,
  noEffortSpans,
  reasonWords,
  recordedSpans,
} from "./reasons.ts";
export {
  areSame,
  type DoubledRecording,
  type DoubledRecordings,
  doubledWords,
  SAME_START_MS,
} from "./recording_starts.ts";
export { formatScoreCsv, parseScoreCsv, type ScoreRows } from "./score_csv.ts";
export { classFolders, listScoreFiles, type ScoreFile, type ScoreListing } from "./score_files.ts";
export { type OriginRules, ScoreOrigin } from "./score_origin.ts";
export { type HourSpan, type ReadScoresOptions, ScoreSet } from "./score_set.ts";
export { type FoundHour, isWhole, ScoreStore, sha256 } from "./score_store.ts";
export { type HourVerdict, type VerifyOptions, verifyScores } from "./verify_scores.ts";
