import { MegapteraError } from "../core/mod.ts";
import { RUN_ID } from "./plan.ts";

/** Job of a worker: which share of which run, and how its output is reached. */
export interface Job {
  /** The output: a folder, or `s3://bucket/prefix`. */
  out: string;
  run: string;
  /** Number of the run's submission, counted from 1. */
  submission: number;
  /** Index among the submission's shares, counted from 0. */
  index: number;
  /** Number of the try of this job, counted from 1. */
  attempt: number;
  outRegion?: string | undefined;
  endpoint?: string | undefined;
  /** The recordings' whole address, with what lets in, which a plan does not hold. */
  source?: string | undefined;
  /** Place that the published detector is fetched from where it is not installed. */
  modelFrom?: string | undefined;
}

/** Variables that say it, and the options that do instead. */
const SAID_BY = {
  out: "MEGAPTERA_OUT",
  run: "MEGAPTERA_RUN",
  submission: "MEGAPTERA_SUBMISSION",
} as const;

/**
 * Reads a worker's job from its options and its environment; options come first.
 *
 * @param options `out`, `run`, `submission` and `index`, as they were given.
 * @param read Reads a variable of the environment.
 * @returns The job.
 * @throws {MegapteraError} `usage` where something is not said, or can't be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const job = readJob(
 *   { out: "scores", run: "20210101-20210102-0123abcd", submission: "1" },
 *   (name) => name === "SLURM_ARRAY_TASK_ID" ? "7" : undefined,
 * );
 * assert.equal(job.index, 7);
 * assert.equal(job.attempt, 1);
 * ```
 */
export function readJob(
  options: Readonly<Record<string, string | undefined>>,
  read: (name: string) => string | undefined,
): Job {
  const say = (name: keyof typeof SAID_BY): string => {
    const value = options[name] ?? read(SAID_BY[name]);
    if (value) return value;
    throw new MegapteraError(
      "usage",
      `Cannot score a share of a run as nothing says its ${name}: give --${name} or set ` +
        `${SAID_BY[name]}.`,
    );
  };
  const run = say("run");
  if (!RUN_ID.test(run)) {
    throw new MegapteraError(
      "usage",
      `Cannot score a share of ${run} as a run's name is like 20210101-20220101-0123abcd.`,
    );
  }
  // Ours first: a run on this machine may itself have been started within a job of a cluster.
  const own = options.index ?? read("MEGAPTERA_INDEX");
  // A plain job of AWS Batch or Slurm has no index: it is the only one.
  const index = own ?? read("AWS_BATCH_JOB_ARRAY_INDEX") ?? read("SLURM_ARRAY_TASK_ID") ?? "0";
  const base = own === undefined ? read("MEGAPTERA_INDEX_BASE") ?? "0" : "0";
  const restarts = read("SLURM_RESTART_COUNT");
  const attempt = read("MEGAPTERA_ATTEMPT") ?? read("AWS_BATCH_JOB_ATTEMPT") ??
    (restarts === undefined ? "1" : String(Number(restarts) + 1));
  return {
    out: say("out"),
    run,
    submission: whole("submission", say("submission"), 1),
    index: whole("index base", base, 0) + whole("index", index, 0),
    attempt: whole("attempt", attempt, 1),
    outRegion: read("MEGAPTERA_OUT_REGION"),
    endpoint: read("MEGAPTERA_ENDPOINT"),
    source: read("MEGAPTERA_SOURCE"),
    modelFrom: read("MEGAPTERA_MODEL"),
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least) return value;
  throw new MegapteraError(
    "usage",
    `Cannot score a share as its ${name} must be a whole number from ${least}: it is "${text}".`,
  );
}
