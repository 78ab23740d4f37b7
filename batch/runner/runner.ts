import type { Submission, SubmittedJob } from "../plan/submission.ts";

/** How a job is, whatever runs it. */
export interface JobView {
  /** Which of the submission's shares it scores. */
  index: number;
  state: "waiting" | "running" | "succeeded" | "failed";
  exitCode?: number | undefined;
  /** Why it failed or waits, in the back end's words. */
  reason?: string | undefined;
  /** When it began and ended, epoch milliseconds; its tries together where the back end tells. */
  startedMs?: number | undefined;
  stoppedMs?: number | undefined;
}

/** What a back end says of a submission. */
export interface JobViews {
  jobs: JobView[];
  /** What a user should know: sentences, such as why nothing starts. */
  notes: string[];
}

/** What a back end is to run. */
export interface JobRequest {
  submission: Submission;
  /** What each job's worker finds in its environment beside its index. */
  environment: Readonly<Record<string, string>>;
  /** Seconds after which a job is stopped. */
  limitSeconds: number;
}

/**
 * What runs jobs: this machine, Slurm, or AWS Batch. A submission's jobs are told apart by an index
 * from 0; each runs the worker, which finds its share by it. A job whose worker exits with 75, or
 * whose host goes, is tried again; one that fails otherwise is not.
 */
export interface Runner {
  readonly on: Submission["on"];
  /**
   * Hands over a submission's jobs, which go on when this process ends.
   *
   * @returns What the back end calls them.
   * @throws {MegapteraError} Where it won't take them, in one sentence.
   */
  submit(request: JobRequest): Promise<SubmittedJob>;
  /** How the jobs of a submission are. */
  describe(submission: Submission): Promise<JobViews>;
  /**
   * The last log lines of a job.
   *
   * @returns Nothing where the back end has none: the output keeps the last lines too.
   */
  logs(submission: Submission, index: number): Promise<string[] | undefined>;
  /** Stops the jobs of a submission that have not ended; what is scored is kept. */
  cancel(submission: Submission): Promise<void>;
}
