import type { ContainerProperties } from "@aws-sdk/client-batch";
import { MegapteraError } from "../../core/mod.ts";
import { awsFault } from "./aws_fault.ts";
import type { QueueNames } from "./check_queue.ts";
import { clientSettings } from "./client_settings.ts";

/**
 * The container of a job definition's latest revision, which is what jobs are made by.
 *
 * @throws {MegapteraError} Where there is none.
 */
export async function findContainer(
  { jobDefinition, region }: Omit<QueueNames, "queue">,
): Promise<ContainerProperties> {
  const { BatchClient, DescribeJobDefinitionsCommand } = await import("@aws-sdk/client-batch");
  const client = new BatchClient(clientSettings(region));
  try {
    const { jobDefinitions = [] } = await client.send(
      new DescribeJobDefinitionsCommand({ jobDefinitionName: jobDefinition, status: "ACTIVE" }),
    );
    const [latest] = jobDefinitions.sort((a, b) => (b.revision ?? 0) - (a.revision ?? 0));
    if (latest?.containerProperties) return latest.containerProperties;
    throw new MegapteraError(
      "configuration",
      `Cannot find the job definition ${jobDefinition}: run \`deno task batch-setup\`, or name ` +
        "yours with --job-definition.",
    );
  } catch (error) {
    throw awsFault(`look at the job definition ${jobDefinition}`, error);
  } finally {
    client.destroy();
  }
}
