import { MegapteraError } from "../../core/mod.ts";
import { awsFault } from "./aws_fault.ts";
import type { QueueNames } from "./check_queue.ts";
import { clientSettings } from "./client_settings.ts";
import { findContainer } from "./find_container.ts";

/**
 * Whether a job definition and its image are there.
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
      `Cannot find the image ${repository}:${tag}: build and push it with \`deno task batch-push\`.`,
      { cause: error },
    );
  } finally {
    client.destroy();
  }
}
