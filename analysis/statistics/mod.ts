/**
 * Gives intervals and tests for days that resemble their neighbours.
 *
 * @module
 */
export { batchMeans, type DayUncertainty, noSounder, type Trust } from "./batch_means.ts";
export {
  autocorrelation,
  type DayMemory,
  dayMemory,
  seasonSpectrum,
  varianceOfSum,
} from "./day_memory.ts";
export { type DayParts, type Difference, differenceOfDays, holm } from "./difference.ts";
export { CLIP, logistic, logit } from "./logit.ts";
export { type Ratio, ratioInfluence, ratioOfDays, type RatioOptions } from "./ratio.ts";
export { studentTBelow, studentTQuantile, studentTTwoSided } from "./student_t.ts";
export { SEASON_DAYS, withoutSeason } from "./without_season.ts";
