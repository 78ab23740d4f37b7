import { PRICES } from "./prices.ts";

/** Starting a machine, fetching the image, loading the detector: seconds a job. */
const START_SECONDS = 60;
/** A manifest, scores, a note now and then: requests an hour of audio. */
const PUTS_AN_HOUR = 3;

/** What a run should take. */
export interface Estimate {
  jobs: number;
  vcpuHours: number;
  /** Dollars by the dated table, requests included. */
  onDemand: number;
  spot: number;
}

/**
 * What scoring takes, by the cost of an hour of audio and the dated price table, on the dearest of
 * its machines.
 *
 * @param hours Hours of audio, ≥ 0.
 * @param coreSecondsPerHour vCPU-seconds that an hour of audio takes.
 * @param jobs Jobs that it is cut into.
 * @param vcpus vCPUs of a job.
 * @returns The estimate.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { vcpuHours, spot, onDemand } = estimate(24, 300, 2, 1);
 * assert.equal(vcpuHours.toFixed(3), "2.033");
 * assert(spot < onDemand);
 * ```
 */
export function estimate(
  hours: number,
  coreSecondsPerHour: number,
  jobs: number,
  vcpus: number,
): Estimate {
  const vcpuHours = (hours * coreSecondsPerHour + jobs * vcpus * START_SECONDS) / 3600;
  const puts = hours * PUTS_AN_HOUR * PRICES.thousandPuts / 1000;
  const dearest = Math.max(...PRICES.machines.map(({ onDemand }) => onDemand));
  return {
    jobs,
    vcpuHours,
    onDemand: vcpuHours * dearest + puts,
    spot: vcpuHours * dearest * PRICES.spotShare + puts,
  };
}
