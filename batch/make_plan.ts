import { createHash } from "node:crypto";
import { formatUtc, MegapteraError, VERSION } from "../core/mod.ts";
import { type Detector, fingerprint } from "../pipeline/detector/mod.ts";
import type { HoursOfDay } from "../pipeline/scoring/mod.ts";
import { type Plan, type PlannedHours, plannedHours } from "./plan.ts";

/** Parts that a plan is made of. */
export interface PlanParts extends
  Pick<
    Plan,
    | "source"
    | "hoursOfDay"
    | "detector"
    | "recipe"
    | "gain"
    | "channel"
    | "fingerprint"
    | "coreSecondsPerHour"
  > {
  /** First hour, and the hour after the last, epoch milliseconds. */
  startMs: number;
  stopMs: number;
  /** vCPUs of a job, ≥ 1. */
  vcpus: number;
}

/**
 * Makes a run's plan. The run's name is a digest of what decides its result, so that whoever asks
 * for the same goes on with it; how it is cut into jobs is not in it.
 *
 * @param parts What it is made of.
 * @returns The plan.
 * @throws {MegapteraError} `usage` where the range holds no hour, or too many.
 */
export function makePlan(parts: PlanParts): Plan {
  const { startMs, stopMs, vcpus, coreSecondsPerHour, ...rest } = parts;
  const { range, hours } = checkRange(startMs, stopMs, rest.hoursOfDay);
  const { source, detector, recipe, gain, channel, fingerprint } = rest;
  const decides = { source, ...range, classes: detector.classNames, recipe, gain, channel };
  const digest = createHash("sha256").update(JSON.stringify({ ...decides, fingerprint }))
    .digest("hex").slice(0, 8);
  const day = (iso: string): string => iso.slice(0, 10).replaceAll("-", "");
  return {
    format: "megaptera-plan/1",
    run: `${day(range.start)}-${day(range.stop)}-${digest}`,
    megaptera: VERSION,
    source,
    ...range,
    detector,
    recipe,
    gain,
    channel,
    fingerprint,
    hoursPerJob: jobSize(hours, coreSecondsPerHour / vcpus),
    coreSecondsPerHour,
  };
}

/** Jobs of an array at most, by AWS Batch. */
export const MOST_JOBS = 10_000;
const USUAL_JOB_SECONDS = 1800;
const LONGEST_JOB_SECONDS = 3600;

/**
 * Computes how many hours of audio a job scores: so many that it takes about half an hour. A job
 * that is reclaimed loses the hour in hand, and starting one costs about a minute; more of them
 * than an array holds are made longer, up to an hour.
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

/**
 * Refuses a range without an hour.
 *
 * @param startMs First hour, epoch milliseconds.
 * @param stopMs The hour after the last.
 * @param hoursOfDay Which hours of the day are wanted; all by default.
 * @returns The range as plans name it, and how many hours it holds.
 * @throws {MegapteraError} `usage` where it holds none.
 */
export function checkRange(
  startMs: number,
  stopMs: number,
  hoursOfDay: HoursOfDay = { from: 0, to: 24 },
): { range: PlannedHours; hours: number } {
  const range = { start: formatUtc(startMs), stop: formatUtc(stopMs), hoursOfDay };
  const { start, stop } = range;
  if (stopMs <= startMs) {
    const what = stopMs === startMs ? "of 0 hours" : "that stops before it starts";
    throw new MegapteraError(
      "usage",
      `Cannot plan a range ${what}: --start ${start}, --stop ${stop}; --stop is the hour after ` +
        "the last.",
    );
  }
  const hours = plannedHours(range).length;
  if (hours > 0) return { range, hours };
  throw new MegapteraError(
    "usage",
    `Cannot plan ${start} to ${stop} as no hour of it lies in --hours ${hoursOfDay.from}-` +
      `${hoursOfDay.to}: choose other hours of the day.`,
  );
}

/**
 * Refuses to work on a plan with what gives other scores: an image with other weights, or another
 * release's front end.
 *
 * @param plan The plan.
 * @param detector What was loaded.
 * @throws {MegapteraError} `configuration` where it is not the plan's.
 */
export function checkFingerprint(
  plan: Pick<Plan, "run" | "fingerprint" | "recipe" | "gain" | "channel" | "megaptera">,
  { name, weightsSha256, revision }: Pick<Detector, "name" | "weightsSha256" | "revision">,
): void {
  const { recipe, gain, channel } = plan;
  const found = fingerprint({ weightsSha256, revision, recipe, gain, channel });
  if (found === plan.fingerprint) return;
  throw new MegapteraError(
    "configuration",
    `Cannot work on the run ${plan.run} with the detector ${name} as it gives another ` +
      `fingerprint (${found.slice(0, 12)}) than the plan of release ${plan.megaptera} names ` +
      `(${plan.fingerprint.slice(0, 12)}): use the image and weights that it was planned with.`,
  );
}
