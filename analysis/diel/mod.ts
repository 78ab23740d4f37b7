/**
 * Answers when in the day, by the clock and by the sun.
 *
 * @module
 */
export { aroundSun, type AroundSunOptions } from "./around_sun.ts";
export { byHourOfDay, normalisedByDay } from "./by_hour_of_day.ts";
export { byLight, lightTests } from "./by_light.ts";
