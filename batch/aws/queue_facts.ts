import type { BatchClient } from "@aws-sdk/client-batch";

/**
 * Reads what Batch knows of a queue and of the first compute environment behind it.
 *
 * @param client The client.
 * @param queue Its name.
 * @returns The facts; nothing where there is no such queue.
 */
export async function queueFacts(
  client: BatchClient,
  queue: string,
): Promise<QueueFacts | undefined> {
  const { DescribeComputeEnvironmentsCommand, DescribeJobQueuesCommand } = await import(
    "@aws-sdk/client-batch"
  );
  const { jobQueues = [] } = await client.send(
    new DescribeJobQueuesCommand({ jobQueues: [queue] }),
  );
  const [found] = jobQueues;
  if (!found) return undefined;
  const name = found.computeEnvironmentOrder?.[0]?.computeEnvironment;
  const { computeEnvironments = [] } = name === undefined
    ? {}
    : await client.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments: [name] }));
  const [environment] = computeEnvironments;
  return {
    queueState: found.state,
    queueStatus: found.status,
    environmentState: environment?.state,
    environmentStatus: environment?.status,
    environmentReason: environment?.statusReason,
    maxVcpus: environment?.computeResources?.maxvCpus,
  };
}

/** Reasons why a job of AWS Batch waits, by the beginning of its status reason, and what to do. */
const REASONS: readonly [pattern: RegExp, words: string][] = [
  [
    /CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY/,
    "no Spot machine of the wanted kinds is free now: wait, or allow more kinds or on-demand " +
    "machines in the compute environment",
  ],
  [
    /MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE/,
    "a job wants more vCPUs than the compute environment may have: set up again with more " +
    "--max-vcpus, or ask for fewer --vcpus",
  ],
  [
    /MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT/,
    "no machine of the compute environment is large enough for a job: ask for fewer --vcpus",
  ],
  [
    /MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS/,
    "Batch may not start machines: its service role lacks rights; set up again",
  ],
  [/ACTION_REQUIRED/, "Batch wants something done: see the queue in the console"],
  [/UNDETERMINED/, "Batch can't tell why: see that the account's quota of Spot vCPUs is above 0"],
];

/** Facts of a queue and the machines behind it. */
interface QueueFacts {
  queueState?: string | undefined;
  queueStatus?: string | undefined;
  environmentState?: string | undefined;
  environmentStatus?: string | undefined;
  environmentReason?: string | undefined;
  maxVcpus?: number | undefined;
}

/**
 * Says in words why jobs don't start.
 *
 * @param statusReason What Batch says of one of them; often nothing.
 * @param facts What is known of the queue.
 * @returns A sentence; nothing where all is well and machines are only being started.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(explainWaiting("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - x", {})!, /no Spot machine/);
 * assert.match(explainWaiting(undefined, { queueState: "DISABLED" })!, /is disabled/);
 * assert.equal(explainWaiting(undefined, { queueState: "ENABLED", maxVcpus: 64 }), undefined);
 * ```
 */
export function explainWaiting(
  statusReason: string | undefined,
  facts: QueueFacts,
): string | undefined {
  const known = REASONS.find(([pattern]) => pattern.test(statusReason ?? ""))?.[1];
  if (known !== undefined) return `Jobs wait as ${known}.`;
  if (statusReason) return `Jobs wait as Batch says: ${statusReason}.`;
  const { queueState, queueStatus, environmentState, environmentStatus, maxVcpus } = facts;
  if (queueState === "DISABLED") return "Jobs wait as the queue is disabled: enable it.";
  if (queueStatus === "INVALID") return "Jobs wait as the queue is invalid: set up again.";
  if (environmentState === "DISABLED") {
    return "Jobs wait as the queue's compute environment is disabled: enable it.";
  }
  if (environmentStatus === "INVALID") {
    return `Jobs wait as the compute environment is invalid (${
      facts.environmentReason ?? "no reason given"
    }): set up again.`;
  }
  if (maxVcpus === 0) return "Jobs wait as the compute environment may have 0 vCPUs: allow some.";
  return undefined;
}
