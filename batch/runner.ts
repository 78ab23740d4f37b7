import { fileURLToPath } from "node:url";
import type { Submission, SubmittedJob } from "./submission.ts";

/** State of a job, whatever runs it. */
export interface JobView {
  /** Index of the share that it scores, among the submission's. */
  index: number;
  state: "waiting" | "running" | "succeeded" | "failed";
  /** Whether it failed as somebody had it stopped. */
  isCancelled?: boolean | undefined;
  exitCode?: number | undefined;
  /** Reason why it failed or waits, in the back end's words. */
  reason?: string | undefined;
  /**
   * Times when it began and ended, epoch milliseconds; its tries together where the back end tells.
   */
  startedMs?: number | undefined;
  stoppedMs?: number | undefined;
}

/** State of a submission's jobs, as a back end tells it. */
export interface JobViews {
  jobs: JobView[];
  /** Sentences that a user should read, such as why nothing starts. */
  notes: string[];
}

/** Request to a back end to run a submission's jobs. */
export interface JobRequest {
  submission: Submission;
  /** Variables that each job's worker finds in its environment, beside its index. */
  environment: Readonly<Record<string, string>>;
  /** Seconds after which a job is stopped. */
  limitSeconds: number;
}

/** A submission whose back end's name for it is known. */
export type TakenSubmission = Submission & { job: SubmittedJob };

/**
 * Runs jobs: on this machine, by Slurm, or by AWS Batch. A submission's jobs are told apart by an
 * index from 0; each runs the worker, which finds its share by it. A job whose worker exits with
 * 75, or whose host goes, is tried again; one that fails otherwise is not.
 */
export interface Runner {
  readonly on: Submission["on"];
  /**
   * Checks, before anything is written, that jobs can be handed over.
   *
   * @returns The settings, with what finds the jobs again from any machine.
   * @throws {MegapteraError} Where they can't be, in one sentence.
   */
  prepare(): Promise<Readonly<Record<string, string>>>;
  /**
   * Hands over a submission's jobs, which go on when this process ends.
   *
   * @returns What the back end calls them.
   * @throws {MegapteraError} Where it won't take them, in one sentence; `retry` where it can't be told
   * whether it has.
   */
  submit(request: JobRequest): Promise<SubmittedJob>;
  /**
   * Finds a submission's jobs by their name, where whoever handed them over has not noted what the
   * back end calls them.
   *
   * @returns What it calls them; nothing where it knows of none.
   */
  find(submission: Submission): Promise<SubmittedJob | undefined>;
  /**
   * Tells how the jobs of a submission are.
   *
   * @param submission The submission.
   * @param isOpen Whether more of its jobs may still come: those that aren't there wait.
   */
  describe(submission: TakenSubmission, isOpen?: boolean): Promise<JobViews>;
  /**
   * Reads the last log lines of a job.
   *
   * @returns Nothing where the back end has none: the output keeps the last lines too.
   */
  logs(submission: TakenSubmission, index: number): Promise<string[] | undefined>;
  /** Stops the jobs of a submission that have not ended; what is scored is kept. */
  cancel(submission: TakenSubmission): Promise<void>;
}

/** Variables that a worker reads. */
const VARIABLES = [
  "MEGAPTERA_*",
  "XDG_CACHE_HOME",
  "HOME",
  "HOMEPATH",
  "HOMEDRIVE",
  "USERPROFILE",
  "LOCALAPPDATA",
  "ORT_DISABLE_TELEMETRY",
  "AWS_*",
  "_X_AMZN_TRACE_ID",
  "SLURM_ARRAY_TASK_ID",
  "SLURM_RESTART_COUNT",
];

/** The worker's program. */
export const WORKER: string = fileURLToPath(
  new URL("../commands/batch_worker.ts", import.meta.url),
);

/**
 * The arguments that deno runs the worker with, with as few permissions as it needs. Native code
 * needs `--allow-ffi`, which Deno can't fence in.
 */
export const WORKER_ARGUMENTS: readonly string[] = [
  "run",
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  `--allow-env=${VARIABLES.join(",")}`,
  "--allow-sys=osRelease",
  "--allow-net",
  "--allow-ffi",
];
