import type { BatchClient, JobStatus } from "@aws-sdk/client-batch";
import type { JobView } from "../runner.ts";
import { clientSettings } from "./aws_client.ts";

/**
 * Statuses in the order of a job's life: one that moves on meanwhile is seen at its later state.
 */
const STATUSES: readonly JobStatus[] = [
  "SUBMITTED",
  "PENDING",
  "RUNNABLE",
  "STARTING",
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
];
/** Reason that jobs are stopped with, by which they are told from those that failed. */
export const CANCELLED = "cancelled by batch-cancel";
const STATES: Readonly<Record<string, JobView["state"]>> = {
  STARTING: "running",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
};

/** Job as Batch tells it, in a listing or described. */
interface AwsJob {
  jobId?: string | undefined;
  status?: string | undefined;
  statusReason?: string | undefined;
  startedAt?: number | undefined;
  stoppedAt?: number | undefined;
  container?: { exitCode?: number | undefined; reason?: string | undefined } | undefined;
}

/** Jobs that one request describes at most. */
const DESCRIBED_AT_ONCE = 100;

/**
 * Lists the jobs of a submission: the one, or the children of an array, a page of a hundred at a
 * time.
 *
 * @param client The client.
 * @param id The job's or array's id.
 * @param size How many jobs it is of; more than one are an array.
 * @returns Those that Batch knows, ascending.
 */
export async function awsJobs(client: BatchClient, id: string, size: number): Promise<JobView[]> {
  const [parent] = await describe(client, [id]);
  if (!parent) return [];
  if (size === 1) return [viewOf(0, parent)];
  const views = await listChildren(client, id);
  const unseen = Array.from({ length: size }, (_, index) => index).filter((i) => !views.has(i));
  // One that is tried again goes back to an earlier state between two lists.
  if (unseen.length > 0 && unseen.length <= DESCRIBED_AT_ONCE) {
    for (const job of await describe(client, unseen.map((index) => `${id}:${index}`))) {
      const index = Number(job.jobId?.split(":")[1]);
      views.set(index, viewOf(index, job));
    }
  }
  // The children of an array come some time after it.
  const isOpen = parent.status !== "SUCCEEDED" && parent.status !== "FAILED";
  for (const index of unseen) {
    if (isOpen && !views.has(index)) views.set(index, { index, state: "waiting" });
  }
  return [...views.values()].sort((a, b) => a.index - b.index);
}

async function describe(client: BatchClient, ids: string[]): Promise<AwsJob[]> {
  const { DescribeJobsCommand } = await import("@aws-sdk/client-batch");
  const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: ids }));
  return jobs;
}

async function listChildren(client: BatchClient, id: string): Promise<Map<number, JobView>> {
  const { ListJobsCommand } = await import("@aws-sdk/client-batch");
  const views = new Map<number, JobView>();
  for (const jobStatus of STATUSES) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListJobsCommand({ arrayJobId: id, jobStatus, nextToken }));
      for (const job of page.jobSummaryList ?? []) {
        const index = job.arrayProperties?.index;
        if (index === undefined) continue;
        views.set(index, viewOf(index, { status: jobStatus, ...job }));
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return views;
}

function viewOf(index: number, job: AwsJob): JobView {
  const { status = "", statusReason, startedAt, stoppedAt, container } = job;
  const state = STATES[status] ?? "waiting";
  const reasons = [statusReason, container?.reason].filter((reason) => reason);
  return {
    index,
    state,
    isCancelled: state === "failed" && statusReason === CANCELLED || undefined,
    exitCode: state === "failed" || state === "succeeded" ? container?.exitCode : undefined,
    reason: reasons.length > 0 && state !== "succeeded" ? reasons.join("; ") : undefined,
    startedMs: startedAt || undefined,
    stoppedMs: stoppedAt || undefined,
  };
}

const LINES = 100;
const USUAL_GROUP = "/aws/batch/job";

/**
 * Reads the last lines of a job's last attempt in CloudWatch.
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
