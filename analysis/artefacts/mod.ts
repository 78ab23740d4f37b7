/**
 * Tells song from the recorder's own habits.
 *
 * @module
 */
export { gapsByHour } from "./gaps_by_hour.ts";
export {
  type NearMoments,
  nearMoments,
  type NearOptions,
  songNearGaps,
  songNearMoments,
} from "./near_moments.ts";
export {
  identicalFiles,
  type KnownFile,
  type RepeatedMinutes,
  repeatedMinutes,
} from "./repeats.ts";
