import { MegapteraError } from "../../pipeline/errors.ts";
import { awsFault } from "./aws_fault.ts";
import { clientSettings } from "./client_settings.ts";
import { explainWaiting } from "./explain_waiting.ts";
import { queueFacts } from "./queue_facts.ts";

/** What of AWS Batch is checked. */
export interface QueueNames {
  queue: string;
  jobDefinition: string;
  region: string | undefined;
}

/**
 * Whether a queue takes jobs, and why those in it wait.
 *
 * @returns What was found, in words.
 * @throws {MegapteraError} Where jobs handed to it would not run.
 */
export async function checkQueue({ queue, region }: QueueNames): Promise<string> {
  const { BatchClient, ListJobsCommand } = await import("@aws-sdk/client-batch");
  const client = new BatchClient(clientSettings(region));
  try {
    const facts = await queueFacts(client, queue);
    if (!facts) {
      throw new MegapteraError(
        "configuration",
        `Cannot hand jobs to the queue ${queue} as there is none: run \`deno task batch-setup\`, or ` +
          "name yours with --queue and --aws-region.",
      );
    }
    const { jobSummaryList = [] } = await client.send(
      new ListJobsCommand({ jobQueue: queue, jobStatus: "RUNNABLE" }),
    );
    const [waiting] = jobSummaryList;
    const why = explainWaiting(waiting?.statusReason, facts);
    if (why !== undefined) throw new MegapteraError("configuration", why);
    const waits = waiting ? `, ${jobSummaryList.length} jobs wait for machines that start` : "";
    return `the queue ${queue} takes jobs, up to ${facts.maxVcpus} vCPUs${waits}`;
  } catch (error) {
    throw awsFault(`look at the queue ${queue}`, error);
  } finally {
    client.destroy();
  }
}

/**
 * Whether a job definition and its image are there.
 *
 * @returns What was found, in words.
 * @throws {MegapteraError} Where they are not.
 */
export async function checkImage({ jobDefinition, region }: QueueNames): Promise<string> {
  const { BatchClient, DescribeJobDefinitionsCommand } = await import("@aws-sdk/client-batch");
  const client = new BatchClient(clientSettings(region));
  try {
    const { jobDefinitions = [] } = await client.send(
      new DescribeJobDefinitionsCommand({ jobDefinitionName: jobDefinition, status: "ACTIVE" }),
    );
    const image = jobDefinitions.at(-1)?.containerProperties?.image;
    if (image === undefined) {
      throw new MegapteraError(
        "configuration",
        `Cannot find the job definition ${jobDefinition}: run \`deno task batch-setup\`, or name ` +
          "yours with --job-definition.",
      );
    }
    const own = /^\d+\.dkr\.ecr\.[^/]+\/([^:]+):(.+)$/.exec(image);
    if (!own) return `the image ${image}, which is not of ECR and was not looked for`;
    await checkEcr(own[1], own[2], region);
    return `the image ${image} is there`;
  } catch (error) {
    throw awsFault(`look at the job definition ${jobDefinition}`, error);
  } finally {
    client.destroy();
  }
}

async function checkEcr(
  repository: string,
  tag: string,
  region: string | undefined,
): Promise<void> {
  const { DescribeImagesCommand, ECRClient } = await import("@aws-sdk/client-ecr");
  const client = new ECRClient(clientSettings(region));
  try {
    const imageIds = [{ imageTag: tag }];
    await client.send(new DescribeImagesCommand({ repositoryName: repository, imageIds }));
  } catch (error) {
    if (!/NotFound/.test((error as Error).name)) throw error;
    throw new MegapteraError(
      "configuration",
      `Cannot find the image ${repository}:${tag}: build and push it with \`deno task batch-push\`.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}
