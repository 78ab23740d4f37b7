/**
 * Answers when in the year, per effort.
 *
 * @module
 */
export { byMonth, bySpan, byWeek, effortBy, type EffortCell } from "./by_span.ts";
export { compareYears } from "./compare_years.ts";
export { monthByHour } from "./month_by_hour.ts";
export { proportionOfTime } from "./proportion_of_time.ts";
export { firstMonthAt, seasonBounds, type SeasonOptions, seasonRanges } from "./season_bounds.ts";
export { type PeakOptions, seasonPeak } from "./season_peak.ts";
export { weeksOverYears } from "./weeks_over_years.ts";
