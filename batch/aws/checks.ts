import type { ContainerProperties } from "@aws-sdk/client-batch";
import { MegapteraError } from "../../core/mod.ts";
import { awsFault, clientSettings, STACK } from "./aws_client.ts";
import { explainWaiting, queueFacts } from "./queue_facts.ts";
import { StackClient } from "./stack_client.ts";

/**
 * Checks that a job definition and its image are there.
 *
 * @returns What was found, in words.
 * @throws {MegapteraError} Where they are not.
 */
export async function checkImage({ jobDefinition, region }: QueueNames): Promise<string> {
  const { image = "" } = await findContainer({ jobDefinition, region });
  const own = /^\d+\.dkr\.ecr\.[^/]+\/([^:]+):(.+)$/.exec(image);
  if (!own) return `the image ${image}, which is not of ECR and was not looked for`;
  await checkEcr(own[1], own[2], region);
  return `the image ${image} is there`;
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
    if (!/NotFound/.test((error as Error).name)) {
      throw awsFault(`look for the image ${repository}:${tag}`, error);
    }
    throw new MegapteraError(
      "configuration",
      `Cannot find the image ${repository}:${tag}: build and push it with \`megaptera batch-push\`.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}

/** Names of the parts of AWS Batch that are checked. */
export interface QueueNames {
  queue: string;
  jobDefinition: string;
  region: string | undefined;
}

/**
 * Checks that a queue takes jobs, and tells why those in it wait.
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
        `Cannot hand jobs to the queue ${queue} as there is none: run \`megaptera batch-setup\`, or ` +
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
    const most = facts.maxVcpus === undefined ? "" : `, up to ${facts.maxVcpus} vCPUs`;
    return `the queue ${queue} takes jobs${most}${waits}`;
  } catch (error) {
    throw awsFault(`look at the queue ${queue}`, error);
  } finally {
    client.destroy();
  }
}

/** "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", in vCPUs. */
const SPOT_QUOTA = { ServiceCode: "ec2", QuotaCode: "L-34B43A08" };

/**
 * Tells how many Spot vCPUs the account may have; a new one may have very few.
 *
 * @param region The region.
 * @returns What was found, in words.
 * @throws {MegapteraError} `configuration` where it may have none.
 */
export async function checkQuota(region: string | undefined): Promise<string> {
  const { GetServiceQuotaCommand, ServiceQuotasClient } = await import(
    "@aws-sdk/client-service-quotas"
  );
  const client = new ServiceQuotasClient(clientSettings(region));
  try {
    const { Quota } = await client.send(new GetServiceQuotaCommand(SPOT_QUOTA));
    const vcpus = Quota?.Value ?? 0;
    if (vcpus >= 1) return `the account may have ${vcpus} vCPUs of Spot`;
    throw new MegapteraError(
      "configuration",
      `Cannot start Spot machines as the account's quota is ${vcpus} vCPUs: ask for more under ` +
        "Service Quotas, EC2, All Standard Spot Instance Requests.",
    );
  } catch (error) {
    throw awsFault("look at the quota of Spot vCPUs", error);
  } finally {
    client.destroy();
  }
}

/**
 * Refuses an output that jobs on AWS can't write to.
 *
 * @param out The output.
 * @param queue The queue; only of the stack's own is known what its jobs may.
 * @param region The region.
 * @throws {MegapteraError} `configuration` where it is a folder, or beside the only one of the
 * bucket that jobs of the stack may write to.
 */
export async function checkReach(
  out: string,
  queue: string,
  region: string | undefined,
): Promise<void> {
  if (!out.startsWith("s3://")) {
    throw new MegapteraError(
      "configuration",
      `Cannot write to ${out} from AWS as its machines can't reach it: name a bucket with --out ` +
        "s3://bucket/prefix.",
    );
  }
  if (queue !== STACK) return;
  const stack = new StackClient(region);
  try {
    const outputs = (await stack.find())?.Outputs ?? [];
    const own = outputs.find(({ OutputKey }) => OutputKey === "Output")?.OutputValue;
    if (own === undefined || `${out}/`.startsWith(`${own}/`)) return;
    throw new MegapteraError(
      "configuration",
      `Cannot write to ${out} as jobs of the stack ${STACK} may write below ${own} and nowhere else: ` +
        "name that with --out, or set up again with --prefix.",
    );
  } finally {
    await stack.close();
  }
}

/**
 * Finds the container of a job definition's latest revision, which is what jobs are made by.
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
      `Cannot find the job definition ${jobDefinition}: run \`megaptera batch-setup\`, or name ` +
        "yours with --job-definition.",
    );
  } catch (error) {
    throw awsFault(`look at the job definition ${jobDefinition}`, error);
  } finally {
    client.destroy();
  }
}
