/** What a machine's vCPU costs for an hour, dollars. */
export interface MachinePrice {
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
  /** What Spot is taken to cost of on-demand: an assumption, since it changes by the hour. */
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
