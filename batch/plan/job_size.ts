import { MegapteraError } from "../../core/mod.ts";

/** Jobs of an array at most, by AWS Batch. */
export const MOST_JOBS = 10_000;
const USUAL_JOB_SECONDS = 1800;
const LONGEST_JOB_SECONDS = 3600;

/**
 * How many hours of audio a job scores: so many that it takes about half an hour. A job that is
 * reclaimed loses the hour in hand, and starting one costs about a minute; more of them than an
 * array holds are made longer, up to an hour.
 *
 * @param hours Hours of audio to score, ≥ 1.
 * @param secondsPerHour Seconds that a job takes for an hour of audio.
 * @returns Hours a job, ≥ 1.
 * @throws {MegapteraError} `usage` where that would be too many jobs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(jobSize(8_760, 245), 7);
 * assert.equal(jobSize(87_600, 245), 9);
 * ```
 */
export function jobSize(hours: number, secondsPerHour: number): number {
  const usual = Math.max(1, Math.floor(USUAL_JOB_SECONDS / secondsPerHour));
  const longest = Math.max(1, Math.floor(LONGEST_JOB_SECONDS / secondsPerHour));
  const size = Math.max(usual, Math.ceil(hours / MOST_JOBS));
  if (size <= longest) return size;
  throw new MegapteraError(
    "usage",
    `Cannot plan ${hours} hours at once as they are more than ${MOST_JOBS} jobs of an hour each ` +
      `(${longest} hours of audio a job at ${Math.round(secondsPerHour)} s): plan at most ` +
      `${longest * MOST_JOBS} hours at a time, such as some years.`,
  );
}
