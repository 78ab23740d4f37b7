/**
 * Scoring: recordings → hourly score files and their manifests, and reading them back.
 *
 * @module
 */
export { classFolders } from "./class_folders.ts";
export { DEAD_SECONDS } from "./dead_windows.ts";
export { fingerprint, type FingerprintParts } from "./fingerprint.ts";
export { HOUR_BINS, hourPath, hoursBetween } from "./hour.ts";
export { type HourInputs, hourInputs } from "./hour_inputs.ts";
export { type HourState, hourState } from "./hour_state.ts";
export type { Manifest, ManifestFile, ManifestSegment } from "./manifest.ts";
export { classOf, formatManifest, parseManifest } from "./manifest.ts";
export {
  heardSeconds,
  isAudioMissing,
  isRecordingLost,
  type LostEffort,
  lostEffort,
  type LostRecording,
  lostRecordings,
  lostWords,
  type NoEffortKind,
  type NoEffortReason,
  type NoEffortSpan,
  reasonWords,
  recordedSpans,
} from "./no_effort.ts";
export { formatScoreCsv, parseScoreCsv, type ScoreRows } from "./score_csv.ts";
export { type HourScores, scoreHour, type ScoringContext } from "./score_hour.ts";
export { hoursOf, type HoursOfDay, hoursWithin, wholeCatalogue } from "./hours_of.ts";
export { hourRecord } from "./hour_record.ts";
export { otherStart, type StaleHour, staleHours } from "./other_starts.ts";
export { planWorkers, type WorkerPlan } from "./plan_workers.ts";
export { type HourOutcome, type OneHourContext, scoreOneHour } from "./score_one_hour.ts";
export { type RangeOptions, scoreRange } from "./score_range.ts";
export { type DoubledRecording, type DoubledRecordings, doubledWords } from "./recording_starts.ts";
export { ScoreStore } from "./score_store.ts";
export { listScoreFiles, type ScoreFile, type ScoreListing } from "./list_score_files.ts";
export { parseScoreBytes } from "./parse_score_bytes.ts";
export { readScores } from "./read_scores.ts";
export type { ScoredHour } from "./read_score_hour.ts";
export { type OriginRules, ScoreOrigin } from "./score_origin.ts";
export { type HourSpan, type ReadScoresOptions, ScoreSet } from "./score_set.ts";
export { type HourVerdict, type VerifyOptions, verifyScores } from "./verify_scores.ts";
export { checkRecipe } from "./check_recipe.ts";
export { FirstHour } from "./first_hour.ts";
export type { Piece } from "./piece.ts";
export { PieceAudio } from "./piece_audio.ts";
export { type FoundHour, isWhole, sha256 } from "./score_store.ts";
export { writeHour } from "./write_hour.ts";
