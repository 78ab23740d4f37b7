/**
 * When in the year: presence tables in, tables out.
 *
 * @module
 */
export { byMonth } from "./by_month.ts";
export { bySpan } from "./by_span.ts";
export { byWeek } from "./by_week.ts";
export { compareYears } from "./compare_years.ts";
export { firstMonthAt } from "./first_month.ts";
export { effortBy, type EffortCell } from "./effort_by.ts";
export { monthByHour } from "./month_by_hour.ts";
export { proportionOfTime } from "./proportion_of_time.ts";
export { seasonBounds, type SeasonOptions } from "./season_bounds.ts";
export { type PeakOptions, seasonPeak } from "./season_peak.ts";
export { weeksOverYears } from "./weeks_over_years.ts";
export { seasonRanges } from "./season_ranges.ts";
