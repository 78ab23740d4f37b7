import type { BatchClient } from "@aws-sdk/client-batch";
import type { QueueFacts } from "./explain_waiting.ts";

/**
 * What Batch knows of a queue and of the first compute environment behind it.
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
