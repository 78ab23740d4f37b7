import { z } from "zod";
import { type Storage, StorageConflict } from "../../pipeline/storage/mod.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { listBelow } from "./list_below.ts";
import { parseWith } from "./plan.ts";
import { submissionPath, submissionPrefix } from "./run_paths.ts";

const instant = z.iso.datetime({ offset: false });
const whole = z.int().min(0);

const submissionSchema = z.strictObject({
  format: z.literal("megaptera-submission/1"),
  run: z.string(),
  /** Counted from 1. */
  number: whole.min(1),
  on: z.enum(["local", "slurm", "aws"]),
  submitted: instant,
  /** Which share the job of each index scores. */
  shares: z.array(whole).min(1).max(10_000),
  /** vCPUs of a job. */
  vcpus: whole.min(1),
  /** Hours that were done when it was submitted, so that speed can be told. */
  hoursDone: whole,
  /** What the back end was told: queue, partition, endpoint. */
  settings: z.record(z.string(), z.string()),
  /** What the back end calls it; nothing before it has taken it. */
  job: z.strictObject({
    id: z.string(),
    /** Region, cluster or machine that knows the id. */
    at: z.string(),
  }).optional(),
});

/** One handing over of a run's shares to machines. */
export type Submission = z.infer<typeof submissionSchema>;
/** What a back end calls a submission. */
export type SubmittedJob = NonNullable<Submission["job"]>;

/** Reads the submissions of a run, in their order. */
export async function readSubmissions(out: Storage, run: string): Promise<Submission[]> {
  const paths: string[] = [];
  for await (const { path } of listBelow(out, submissionPrefix(run))) paths.push(path);
  const found: Submission[] = [];
  for (const path of paths.sort()) {
    const file = await out.read(path);
    if (file) found.push(parseSubmission(file.text, `${out.name}/${path}`));
  }
  return found;
}

/** Reads one submission of a run. */
export async function readSubmission(
  out: Storage,
  run: string,
  number: number,
): Promise<Submission> {
  const path = submissionPath(run, number);
  const file = await out.read(path);
  if (file) return parseSubmission(file.text, `${out.name}/${path}`);
  throw new MegapteraError(
    "data",
    `Cannot find submission ${number} of the run ${run} in ${out.name}: there is no ${path}.`,
  );
}

/**
 * Writes a submission under the next number that is free.
 *
 * @param out The output.
 * @param submission All but its number.
 * @returns The submission.
 */
export async function keepSubmission(
  out: Storage,
  submission: Omit<Submission, "number" | "format">,
): Promise<Submission> {
  for (let number = (await readSubmissions(out, submission.run)).length + 1;; number++) {
    const numbered = { format: "megaptera-submission/1" as const, ...submission, number };
    const path = submissionPath(submission.run, number);
    try {
      await out.write([{ path, text: format(numbered), replaces: null }]);
      return numbered;
    } catch (error) {
      if (!(error instanceof StorageConflict)) throw error;
    }
  }
}

/** Writes down what the back end calls a submission. */
export async function keepJob(
  out: Storage,
  submission: Submission,
  job: SubmittedJob,
): Promise<Submission> {
  const kept = { ...submission, job };
  await out.write([{ path: submissionPath(kept.run, kept.number), text: format(kept) }]);
  return kept;
}

function parseSubmission(text: string, name: string): Submission {
  return parseWith(submissionSchema, text, `the submission ${name}`);
}

function format(submission: Submission): string {
  return JSON.stringify(submission) + "\n";
}
