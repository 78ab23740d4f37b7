/**
 * Holds what everything stands on: errors, time, random numbers, JSON, paths.
 *
 * @module
 */
export { type FaultKind, MegapteraError } from "./errors.ts";
export { EXIT_CODES } from "./exit_codes.ts";
export { isSilent } from "./is_silent.ts";
export { type ClockDigits, formatOffset, isoTime, offsetOf, wallTime } from "./iso_time.ts";
export { parseJson } from "./json.ts";
export { mapLimited } from "./map_limited.ts";
export { isAddress, pathOfFileUrl } from "./paths.ts";
export { SeededRandom } from "./random.ts";
export { holdsSecrets, withoutSecrets } from "./secrets.ts";
export {
  type Clock,
  DAY_MS,
  dayOf,
  formatUtc,
  HOUR_MS,
  hourOf,
  REAL_CLOCK,
  seasonName,
  seasonYear,
} from "./time.ts";
export { isEarthly, isWordToo, TimeZone, zoneMeanings, type ZoneReading } from "./time_zone.ts";
export { VERSION } from "./version.ts";
export { walkFiles } from "./walk_files.ts";
export {
  intersectSpans,
  lengthOfSpans,
  overlapWithSpans,
  type Span,
  subtractSpans,
  unionSpans,
} from "./spans.ts";
