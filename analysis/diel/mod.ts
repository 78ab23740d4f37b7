/**
 * When in the day: presence tables in, tables out.
 *
 * @module
 */
export { aroundSun, type AroundSunOptions } from "./around_sun.ts";
export { byHourOfDay } from "./by_hour_of_day.ts";
export { byLight } from "./by_light.ts";
export { lightTests } from "./light_tests.ts";
export { normalisedByDay } from "./normalised_by_day.ts";
