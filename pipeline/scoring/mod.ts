/**
 * Scores recordings hour by hour: audio of pieces in, score files out, resumed and never mixed.
 *
 * @module
 */
export { type HourInputs, hourInputs } from "./hour_inputs.ts";
export { type HourState, hourState } from "./hour_state.ts";
export { hoursOf, type HoursOfDay, hoursWithin, wholeCatalogue } from "./hours_of.ts";
export { melLevels } from "./mel_levels.ts";
export { otherStart, type StaleHour, staleHours } from "./other_starts.ts";
export { DEAD_SECONDS } from "./piece.ts";
export { type HourScores, type HourWork, scoreHour } from "./score_hour.ts";
export {
  type HourOutcome,
  type HourPlace,
  hourRecord,
  scoreOneHour,
  sumOutcomes,
} from "./score_one_hour.ts";
export { PieceAudio } from "./score_piece.ts";
export { planWorkers, type RangeOptions, scoreRange, type WorkerPlan } from "./score_range.ts";
export { FirstHour, writeHour } from "./write_hour.ts";
