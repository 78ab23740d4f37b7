/** Price of a machine's vCPU for an hour, dollars. */
interface MachinePrice {
  /** Family of EC2 instances, of which `batch/stack.yaml` takes any size. */
  readonly family: string;
  readonly onDemand: number;
  /** Whole cores that a vCPU is: two threads of Intel's and of older AMD's share one. */
  readonly coresPerVcpu: number;
}

/**
 * The one table of prices: what they are of, and when and how they were had. They are list prices of
 * Linux in us-west-2 by common knowledge, not asked of Amazon, and change; docs/cost.md says how to
 * look today's up.
 */
export const PRICES: {
  readonly date: string;
  readonly region: string;
  readonly machines: readonly MachinePrice[];
  readonly spotShare: number;
  readonly retriedShare: number;
  readonly smallestVcpus: number;
  readonly addressHour: number;
  readonly diskHour: number;
  readonly gigabyteMonth: number;
  readonly thousandPuts: number;
} = {
  date: "2026-11-24",
  region: "us-west-2",
  machines: [
    { family: "c6i", onDemand: 0.0425, coresPerVcpu: 0.5 },
    { family: "c6a", onDemand: 0.03825, coresPerVcpu: 0.5 },
    { family: "c7i", onDemand: 0.044625, coresPerVcpu: 0.5 },
    { family: "c7a", onDemand: 0.05132, coresPerVcpu: 1 },
    { family: "m6i", onDemand: 0.048, coresPerVcpu: 0.5 },
    { family: "m6a", onDemand: 0.0432, coresPerVcpu: 0.5 },
  ],
  /** Price of Spot as a share of on-demand: an assumption, since it changes by the hour. */
  spotShare: 0.4,
  /** Work that is done again after hosts that went: an assumption, ten times what docs/cost.md reckons. */
  retriedShare: 0.05,
  /** vCPUs of the smallest machine: each machine pays for a public address and 30 GB of disk. */
  smallestVcpus: 2,
  addressHour: 0.005,
  diskHour: 30 * 0.08 / 730,
  /** Scores kept in S3, and requests that write. */
  gigabyteMonth: 0.023,
  thousandPuts: 0.005,
};

/**
 * Finds what a vCPU costs for an hour, its share of its machine's address and disk included, on the
 * machine that does the least for its price.
 *
 * @param share What is paid of the on-demand price, such as `PRICES.spotShare`.
 * @param perCore Whether it is asked for a core's work; a vCPU may be half a core.
 * @returns Dollars.
 */
export function dearestHour(share: number, perCore: boolean): number {
  const { machines, addressHour, diskHour, smallestVcpus } = PRICES;
  const besides = (addressHour + diskHour) / smallestVcpus;
  return Math.max(
    ...machines.map(({ onDemand, coresPerVcpu }) =>
      (onDemand * share + besides) / (perCore ? coresPerVcpu : 1)
    ),
  );
}

/** Starting a machine, fetching the image, loading the detector: seconds a job. */
const START_SECONDS = 60;
/** A manifest, scores, a note now and then: requests an hour of audio. */
const PUTS_AN_HOUR = 3;

/** Estimate of what a run takes. */
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

/**
 * core-seconds that an hour of audio takes, front end and reading included: the published detector
 * 67.97 core-ms a window (docs/speed.md), the demo its hour of `megaptera demo`.
 */
const MEASURED: Readonly<Record<string, number>> = { google: 245, demo: 8 };

/**
 * Gives what an hour of audio costs, core-seconds, by the measurements of docs/speed.md.
 *
 * @param model As `--model` names it.
 * @returns core-seconds; nothing where it was not measured.
 */
export function measuredCoreSeconds(model: string): number | undefined {
  return MEASURED[model];
}
