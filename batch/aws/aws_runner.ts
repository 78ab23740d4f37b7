import type { BatchClient, RetryStrategy } from "@aws-sdk/client-batch";
import { EXIT_CODES, MegapteraError } from "../../core/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import { endedBefore, HANDED_OVER_WITHIN_MS } from "../handover.ts";
import { submissionPath } from "../run_paths.ts";
import type { JobRequest, JobView, JobViews, Runner, TakenSubmission } from "../runner.ts";
import { jobName, type Submission, type SubmittedJob } from "../submission.ts";
import { awsFault, clientSettings, STACK } from "./aws_client.ts";
import { awsJobs, CANCELLED, readLogStream } from "./aws_jobs.ts";
import { explainWaiting, queueFacts } from "./queue_facts.ts";

/** Less than the 2 GiB a vCPU that machines nominally have, some of which the host takes. */
const MEGABYTES_A_VCPU = 1700;

/** Runs jobs as an array of AWS Batch. */
export class AwsRunner implements Runner {
  readonly on = "aws";
  readonly #settings: Readonly<Record<string, string>>;
  readonly #out: Storage;

  /**
   * @param settings `queue`, `jobDefinition`, `awsRegion`; those of the stack where left out.
   * @param out The output.
   */
  constructor(settings: Readonly<Record<string, string>>, out: Storage) {
    this.#settings = settings;
    this.#out = out;
  }

  async prepare(): Promise<Record<string, string>> {
    const { queue = STACK } = this.#settings;
    const what = `hand jobs to the queue ${queue}`;
    return await this.#ask(what, undefined, async (client) => {
      const region = await client.config.region();
      if (await queueFacts(client, queue)) return { ...this.#settings, awsRegion: region };
      throw new MegapteraError(
        "configuration",
        `Cannot ${what} as there is no such queue in ${region}: create it with ` +
          "`megaptera batch-setup`, or name yours with --queue and --aws-region.",
      );
    });
  }

  async submit({ submission, environment, limitSeconds }: JobRequest): Promise<SubmittedJob> {
    const { SubmitJobCommand } = await import("@aws-sdk/client-batch");
    const { run, vcpus, shares } = submission;
    const { queue = STACK, jobDefinition = STACK } = this.#settings;
    const what = `submit ${run} to the queue ${queue} with the job definition ${jobDefinition}`;
    const submit = async (client: BatchClient): Promise<SubmittedJob> => {
      const region = await client.config.region();
      const { jobId } = await client.send(
        new SubmitJobCommand({
          jobName: jobName(submission),
          jobQueue: queue,
          jobDefinition,
          // An array has two children at least: one share alone is a plain job.
          ...(shares.length > 1 ? { arrayProperties: { size: shares.length } } : {}),
          retryStrategy: RETRY_STRATEGY,
          timeout: { attemptDurationSeconds: limitSeconds },
          containerOverrides: {
            // Machines of EC2 tell their containers no region.
            environment: Object.entries({ AWS_REGION: region, ...environment })
              .map(([name, value]) => ({ name, value })),
            resourceRequirements: [
              { type: "VCPU", value: String(vcpus) },
              { type: "MEMORY", value: String(MEGABYTES_A_VCPU * vcpus) },
            ],
          },
          propagateTags: true,
          tags: { "megaptera:run": run },
        }),
      );
      return { id: jobId!, at: region };
    };
    try {
      // Once: Batch takes the same jobs a second time for others.
      return await this.#ask(what, undefined, submit, 1);
    } catch (error) {
      if (!(error instanceof MegapteraError) || error.kind !== "retry") throw error;
      const taken = await this.find(submission).catch(() => undefined);
      if (taken) return taken;
      throw new MegapteraError(
        "retry",
        `${
          error.message.replace(/; try again\.$/, "")
        }; whether its jobs were taken can't be told ` +
          "now: batch-status finds them by their name, and batch-cancel frees their shares.",
        { cause: error },
      );
    }
  }

  async find(submission: Submission): Promise<SubmittedJob | undefined> {
    const { ListJobsCommand } = await import("@aws-sdk/client-batch");
    const { queue = STACK } = this.#settings;
    const name = jobName(submission);
    return await this.#ask(`look for the jobs ${name} in ${queue}`, undefined, async (client) => {
      const filters = [{ name: "JOB_NAME", values: [name] }];
      const found: { id: string; createdAt: number }[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new ListJobsCommand({ jobQueue: queue, filters, nextToken }),
        );
        for (const { jobId, createdAt = 0 } of page.jobSummaryList ?? []) {
          found.push({ id: jobId!, createdAt });
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      const [first] = found.sort((a, b) => a.createdAt - b.createdAt);
      return first && { id: first.id, at: await client.config.region() };
    });
  }

  async describe(submission: TakenSubmission, isOpen = false): Promise<JobViews> {
    const { run, number, shares, job } = submission;
    return await this.#ask(`ask AWS Batch about ${run}`, submission, async (client) => {
      const jobs = await awsJobs(client, job.id, shares.length);
      const known = new Set(jobs.map(({ index }) => index));
      const lost = shares.flatMap((_, index) => known.has(index) ? [] : [index]);
      // Batch may show a job some time after it took it, and forgets it a week after its end.
      const isNew = async (): Promise<boolean> =>
        (await this.#out.ageMs(submissionPath(run, number)) ?? Infinity) < HANDED_OVER_WITHIN_MS;
      const before: JobView[] = lost.length > 0 && (isOpen || await isNew())
        ? lost.map((index) => ({ index, state: "waiting" }))
        : await endedBefore(this.#out, submission, lost);
      const notes: string[] = [];
      const waiting = jobs.find(({ state }) => state === "waiting");
      if (waiting && !jobs.some(({ state }) => state === "running")) {
        const facts = await queueFacts(client, this.#settings.queue ?? STACK) ?? {};
        const note = explainWaiting(waiting.reason, facts);
        if (note !== undefined) notes.push(note);
      }
      return { jobs: [...jobs, ...before].sort((a, b) => a.index - b.index), notes };
    });
  }

  async logs(submission: TakenSubmission, index: number): Promise<string[] | undefined> {
    const { run, shares, job } = submission;
    return await this.#ask(`read the log of ${run}`, submission, async (client) => {
      const id = shares.length > 1 ? `${job.id}:${index}` : job.id;
      return await readLogStream(client, id, job.at);
    });
  }

  async cancel(submission: TakenSubmission): Promise<void> {
    const { TerminateJobCommand } = await import("@aws-sdk/client-batch");
    const { run, job } = submission;
    await this.#ask(`cancel ${run}`, submission, async (client) => {
      const reason = CANCELLED;
      await client.send(new TerminateJobCommand({ jobId: job.id, reason }));
    });
  }

  async #ask<Answer>(
    what: string,
    submission: Submission | undefined,
    ask: (client: BatchClient) => Promise<Answer>,
    maxAttempts?: number,
  ): Promise<Answer> {
    const { BatchClient } = await import("@aws-sdk/client-batch");
    const settings = clientSettings(submission?.job?.at ?? this.#settings.awsRegion);
    const client = new BatchClient(maxAttempts ? { ...settings, maxAttempts } : settings);
    try {
      return await ask(client);
    } catch (error) {
      throw awsFault(what, error);
    } finally {
      client.destroy();
    }
  }
}

/**
 * Says what is tried again: whatever none of these rules matches, by Batch's own rule. So a host that
 * Spot took away is, whether Batch says so, has lost its agent, or has only seen the worker end with
 * 143 on the host's SIGTERM; so is a container that did not start; and so is a worker that says 75. What
 * it says by 64, 65, 77, 78 or 1 would be the same again, and so would too little memory. Batch itself
 * never tries jobs again that were cancelled or whose time was over. Five rules are the most.
 */
export const RETRY_STRATEGY: RetryStrategy = {
  attempts: 5,
  evaluateOnExit: [
    { onExitCode: `${EXIT_CODES.retry}`, action: "RETRY" },
    { onExitCode: "6*", action: "EXIT" },
    { onExitCode: "7*", action: "EXIT" },
    { onExitCode: "1", action: "EXIT" },
    { onReason: "OutOfMemoryError*", action: "EXIT" },
  ],
};
