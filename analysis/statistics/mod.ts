/**
 * Statistics of days that resemble their neighbours: kernels on plain arrays.
 *
 * @module
 */
export { autocorrelation } from "./autocorrelation.ts";
export { batchMeans, type DayUncertainty, noSounder, type Trust } from "./batch_means.ts";
export { type DayMemory, dayMemory, seasonSpectrum, varianceOfSum } from "./day_memory.ts";
export { type DayParts, type Difference, differenceOfDays } from "./difference.ts";
export { holm } from "./holm.ts";
export { type Ratio, ratioInfluence, ratioOfDays, type RatioOptions } from "./ratio.ts";
export { studentTBelow, studentTQuantile, studentTTwoSided } from "./student_t.ts";
export { SEASON_DAYS, withoutSeason } from "./without_season.ts";
