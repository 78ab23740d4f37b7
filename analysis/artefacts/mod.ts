/**
 * Is it the whales or the recorder?
 *
 * @module
 */
export { gapsByHour } from "./gaps_by_hour.ts";
export { identicalFiles, type KnownFile } from "./identical_files.ts";
export { type NearMoments, nearMoments } from "./near_moments.ts";
export { type RepeatedMinutes, repeatedMinutes } from "./repeated_minutes.ts";
export { type NearOptions, songNearGaps, songNearMoments } from "./song_near.ts";
