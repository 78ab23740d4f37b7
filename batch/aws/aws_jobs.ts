import type { BatchClient, JobStatus } from "@aws-sdk/client-batch";
import type { JobView } from "../runner/runner.ts";

/** In the order of a job's life: one that moves on meanwhile is seen at its later state. */
const STATUSES: readonly JobStatus[] = [
  "SUBMITTED",
  "PENDING",
  "RUNNABLE",
  "STARTING",
  "RUNNING",
  "SUCCEEDED",
  "FAILED",
];
const STATES: Readonly<Record<string, JobView["state"]>> = {
  STARTING: "running",
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
};

/** What Batch says of a job, in a listing or described. */
interface AwsJob {
  status?: string | undefined;
  statusReason?: string | undefined;
  startedAt?: number | undefined;
  stoppedAt?: number | undefined;
  container?: { exitCode?: number | undefined; reason?: string | undefined } | undefined;
}

/** A job of Batch with its own id. */
export interface AwsJobView extends JobView {
  id: string;
}

/**
 * The jobs of a submission: the one, or the children of an array, a page of a hundred at a time.
 *
 * @param client The client.
 * @param id The job's or array's id.
 * @param isArray Which of both.
 */
export async function awsJobs(
  client: BatchClient,
  id: string,
  isArray: boolean,
): Promise<AwsJobView[]> {
  const { DescribeJobsCommand, ListJobsCommand } = await import("@aws-sdk/client-batch");
  if (!isArray) {
    const { jobs = [] } = await client.send(new DescribeJobsCommand({ jobs: [id] }));
    return jobs.map((job) => ({ id, ...viewOf(0, job) }));
  }
  const views = new Map<number, AwsJobView>();
  for (const jobStatus of STATUSES) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(new ListJobsCommand({ arrayJobId: id, jobStatus, nextToken }));
      for (const job of page.jobSummaryList ?? []) {
        const index = job.arrayProperties?.index;
        if (index === undefined || job.jobId === undefined) continue;
        views.set(index, { id: job.jobId, ...viewOf(index, { status: jobStatus, ...job }) });
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return [...views.values()].sort((a, b) => a.index - b.index);
}

function viewOf(index: number, job: AwsJob): JobView {
  const { status = "", statusReason, startedAt, stoppedAt, container } = job;
  const state = STATES[status] ?? "waiting";
  const reasons = [statusReason, container?.reason].filter((reason) => reason);
  return {
    index,
    state,
    exitCode: state === "failed" || state === "succeeded" ? container?.exitCode : undefined,
    reason: reasons.length > 0 && state !== "succeeded" ? reasons.join("; ") : undefined,
    startedMs: startedAt || undefined,
    stoppedMs: stoppedAt || undefined,
  };
}
