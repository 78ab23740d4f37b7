import { MegapteraError } from "../../core/mod.ts";
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
    const most = facts.maxVcpus === undefined ? "" : `, up to ${facts.maxVcpus} vCPUs`;
    return `the queue ${queue} takes jobs${most}${waits}`;
  } catch (error) {
    throw awsFault(`look at the queue ${queue}`, error);
  } finally {
    client.destroy();
  }
}
