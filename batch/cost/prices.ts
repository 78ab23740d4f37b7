/** What a machine's vCPU costs for an hour, dollars. */
export interface MachinePrice {
  /** Family of EC2 instances, of which `batch/stack.yaml` takes any size. */
  readonly family: string;
  readonly architecture: "x86_64" | "arm64";
  readonly onDemand: number;
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
  readonly gigabyteMonth: number;
  readonly thousandPuts: number;
} = {
  date: "2026-11-24",
  region: "us-west-2",
  machines: [
    { family: "c6i", architecture: "x86_64", onDemand: 0.0425 },
    { family: "c6a", architecture: "x86_64", onDemand: 0.03825 },
    { family: "c7i", architecture: "x86_64", onDemand: 0.044625 },
    { family: "c7a", architecture: "x86_64", onDemand: 0.05132 },
    { family: "m6i", architecture: "x86_64", onDemand: 0.048 },
    { family: "m6a", architecture: "x86_64", onDemand: 0.0432 },
  ],
  /** What Spot is taken to cost of on-demand: an assumption, since it changes by the hour. */
  spotShare: 0.4,
  /** Scores kept in S3, and requests that write. */
  gigabyteMonth: 0.023,
  thousandPuts: 0.005,
};
