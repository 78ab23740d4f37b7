/**
 * Presence tables as plain arrays, summed over days and classes of time: kernels for verbs.
 *
 * @module
 */
export { completeCube, monthRanges } from "./complete_cube.ts";
export { type DayCube, dayCube } from "./day_cube.ts";
export { daySums } from "./day_sums.ts";
export { heardMonths } from "./heard_months.ts";
export { lightCube } from "./light_cube.ts";
export { type ClassDays, isHeard, pairedDays } from "./paired_days.ts";
export { someDays } from "./some_days.ts";
export type { Unanswered } from "./unanswered.ts";
export { hourCube } from "./hour_cube.ts";
export { type IntervalColumns, intervalColumns } from "./interval_columns.ts";
export { type PresenceColumns, presenceColumns } from "./presence_columns.ts";
export { type HourClock, hourOfClock } from "./hour_of_clock.ts";
