import type { BatchClient } from "@aws-sdk/client-batch";
import { clientSettings } from "./client_settings.ts";

const LINES = 100;
const USUAL_GROUP = "/aws/batch/job";

/**
 * The last lines of a job's last attempt in CloudWatch.
 *
 * @param client Asks Batch which stream it is.
 * @param id The job's id.
 * @param region The region.
 * @returns Nothing where there is no stream, or it is gone.
 */
export async function readLogStream(
  client: BatchClient,
  id: string,
  region: string,
): Promise<string[] | undefined> {
  const { DescribeJobsCommand } = await import("@aws-sdk/client-batch");
  const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
  const container = jobs[0]?.container;
  const stream = jobs[0]?.attempts?.at(-1)?.container?.logStreamName ?? container?.logStreamName;
  if (stream === undefined) return undefined;
  const group = container?.logConfiguration?.options?.["awslogs-group"] ?? USUAL_GROUP;
  const { CloudWatchLogsClient, GetLogEventsCommand, ResourceNotFoundException } = await import(
    "@aws-sdk/client-cloudwatch-logs"
  );
  const logs = new CloudWatchLogsClient(clientSettings(region));
  try {
    const { events = [] } = await logs.send(
      new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: LINES }),
    );
    return events.length === 0 ? undefined : events.map(({ message }) => message ?? "");
  } catch (error) {
    // The stream may never have begun: the output keeps the last lines too.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  } finally {
    logs.destroy();
  }
}
