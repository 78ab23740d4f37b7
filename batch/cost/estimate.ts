import { dearestHour, PRICES } from "./prices.ts";

/** Starting a machine, fetching the image, loading the detector: seconds a job. */
const START_SECONDS = 60;
/** A manifest, scores, a note now and then: requests an hour of audio. */
const PUTS_AN_HOUR = 3;

/** What a run should take. */
export interface Estimate {
  jobs: number;
  /** Hours of whole cores, without what is tried again. */
  coreHours: number;
  /** Dollars by the dated table: tries, half cores, addresses, disks and requests included. */
  onDemand: number;
  spot: number;
}

/**
 * Reckons what scoring takes, by the cost of an hour of audio and the dated price table, on the machine
 * that does the least for its price.
 *
 * @param hours Hours of audio, ≥ 0.
 * @param coreSecondsPerHour Seconds of a core that an hour of audio takes.
 * @param jobs Jobs that it is cut into.
 * @param vcpus vCPUs of a job.
 * @returns The estimate.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { coreHours, spot, onDemand } = estimate(24, 300, 2, 1);
 * assert.equal(coreHours.toFixed(3), "2.033");
 * assert(spot < onDemand);
 * ```
 */
export function estimate(
  hours: number,
  coreSecondsPerHour: number,
  jobs: number,
  vcpus: number,
): Estimate {
  const coreHours = (hours * coreSecondsPerHour + jobs * vcpus * START_SECONDS) / 3600;
  const puts = hours * PUTS_AN_HOUR * PRICES.thousandPuts / 1000;
  const dollars = (share: number): number =>
    coreHours * (1 + PRICES.retriedShare) * dearestHour(share, true) + puts;
  return { jobs, coreHours, onDemand: dollars(1), spot: dollars(PRICES.spotShare) };
}
