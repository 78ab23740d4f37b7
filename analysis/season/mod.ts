/**
 * When in the year: presence tables in, tables out.
 *
 * @module
 */
export { byMonth } from "./by_month.ts";
export { bySpan } from "./by_span.ts";
export { byWeek } from "./by_week.ts";
export { proportionOfTime } from "./proportion_of_time.ts";
