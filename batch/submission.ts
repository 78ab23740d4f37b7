import { z } from "zod";
import { mapLimited, MegapteraError } from "../core/mod.ts";
import { type Storage, StorageConflict } from "../pipeline/places/mod.ts";
import { parseWith } from "./plan.ts";
import {
  listBelow,
  outcomePath,
  outcomePrefix,
  submissionPath,
  submissionPrefix,
} from "./run_paths.ts";

/** Files that are read at the same time. */
const READ_AT_ONCE = 8;

/**
 * Back ends by the name that `--on` takes: their titles in sentences, and whether they rent machines
 * by the hour, at the prices of the dated table. A new one is a folder, a line here, and the line in
 * `back_ends.ts` that loads it, for which the compiler asks.
 */
export const BACK_ENDS = {
  local: { title: "this machine", isRented: false },
  slurm: { title: "Slurm", isRented: false },
  aws: { title: "AWS Batch", isRented: true },
} as const;

/** Name of a back end. */
export type BackEndName = keyof typeof BACK_ENDS;

const instant = z.iso.datetime({ offset: false });
const whole = z.int().min(0);
const settings = z.record(z.string(), z.string());

const jobSchema = z.object({
  /**
   * Name of the submission at its back end. It is handed to programs as an argument, which must not
   * take it for an option.
   */
  id: z.string().regex(/^[A-Za-z0-9][\w+,:.-]*$/, "it is no job's id"),
  /** Region, cluster or machine that knows the id. */
  at: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, "it is no region or machine"),
});

const submissionSchema = z.object({
  format: z.literal("megaptera-submission/1"),
  run: z.string(),
  /** Counted from 1. */
  number: whole.min(1),
  /** A random number, so that who wrote it knows its own, and its jobs are found by name. */
  token: z.string().regex(/^[0-9a-f]{8}$/).optional(),
  on: z.enum(Object.keys(BACK_ENDS) as BackEndName[]),
  submitted: instant,
  /** Number of the share that the job of each index scores. */
  shares: z.array(whole).min(1).max(10_000),
  /** vCPUs of a job. */
  vcpus: whole.min(1).max(64),
  /** Hours that were done when it was submitted, so that speed can be told. */
  hoursDone: whole,
  /** Settings of the back end: queue, partition, endpoint. */
  settings,
  /** Releases before the token noted here what the back end calls it. */
  job: jobSchema.optional(),
});

const outcomeSchema = z.object({
  format: z.literal("megaptera-outcome/1"),
  /** Name at the back end; `null` where it was given up: its workers end at once. */
  job: jobSchema.nullable(),
});

/**
 * One handing over of a run's shares to machines. Without `job` it is being handed over, or whoever
 * did it was lost before it could note the job.
 */
export interface Submission extends z.infer<typeof submissionSchema> {
  /** Whether it was given up: it is as if it had never been. */
  isGivenUp?: boolean;
}
/** Name of a submission at its back end. */
export type SubmittedJob = z.infer<typeof jobSchema>;

/**
 * Names a submission's jobs: whoever lost their ids finds them again.
 *
 * @param submission The submission.
 * @returns Letters, digits, `-`.
 */
export function jobName({ run, number, token }: Submission): string {
  return `megaptera-${run}-${number}${token === undefined ? "" : `-${token}`}`;
}

/** Reads the submissions of a run, in their order. */
export async function readSubmissions(out: Storage, run: string): Promise<Submission[]> {
  const numbers: number[] = [];
  for await (const { path } of listBelow(out, submissionPrefix(run))) {
    const number = Number(/\/(\d+)\.json$/.exec(path)?.[1]);
    if (path === submissionPath(run, number)) numbers.push(number);
  }
  // What became of them after they: what is noted meanwhile is seen.
  const noted = new Set<string>();
  for await (const { path } of listBelow(out, outcomePrefix(run))) noted.add(path);
  numbers.sort((a, b) => a - b);
  const found = await mapLimited(numbers, READ_AT_ONCE, async (number) => {
    const submission = await readNumbered(out, run, number);
    if (!submission) return [];
    const isNoted = noted.has(outcomePath(run, number));
    return [isNoted ? await withOutcome(out, submission) : submission];
  });
  return found.flat();
}

/** Reads one submission of a run, with what became of it. */
export async function readSubmission(
  out: Storage,
  run: string,
  number: number,
): Promise<Submission> {
  const submission = await readNumbered(out, run, number);
  if (submission) return await withOutcome(out, submission);
  const path = submissionPath(run, number);
  throw new MegapteraError(
    "data",
    `Cannot find submission ${number} of the run ${run} in ${out.name}: there is no ${path}.`,
  );
}

async function readNumbered(
  out: Storage,
  run: string,
  number: number,
): Promise<Submission | undefined> {
  const path = submissionPath(run, number);
  const file = await out.read(path);
  // On a disk without second names its place is claimed a moment before it is there.
  if (!file || file.text === "") return undefined;
  const found = parseWith(submissionSchema, file.text, `the submission ${out.name}/${path}`);
  return { ...found, run, number };
}

/**
 * Writes a submission, unless another machine has just written one of its number: then what is still
 * to be handed over must be looked for again.
 *
 * @param out The output.
 * @param submission All but its token; its number is the one after the last that was seen.
 * @returns The submission; nothing where the number is taken.
 */
export async function keepSubmission(
  out: Storage,
  submission: Omit<Submission, "format" | "token">,
): Promise<Submission | undefined> {
  const format = "megaptera-submission/1";
  const token = crypto.randomUUID().slice(0, 8);
  const kept: Submission = { format, ...submission, token };
  const path = submissionPath(kept.run, kept.number);
  const text = JSON.stringify(submissionSchema.parse(kept)) + "\n";
  return await isFirst(out, path, text) ? kept : undefined;
}

/**
 * Notes what became of a submission, unless that is noted already.
 *
 * @param out The output.
 * @param submission The submission.
 * @param job What its back end calls it; `null` gives it up.
 * @returns The submission with what became of it.
 */
export async function keepOutcome(
  out: Storage,
  submission: Submission,
  job: SubmittedJob | null,
): Promise<Submission> {
  const { run, number } = submission;
  const text = JSON.stringify({ format: "megaptera-outcome/1", job }) + "\n";
  if (!await isFirst(out, outcomePath(run, number), text)) {
    return await withOutcome(out, submission);
  }
  return job === null ? { ...submission, isGivenUp: true } : { ...submission, job };
}

async function withOutcome(out: Storage, submission: Submission): Promise<Submission> {
  const path = outcomePath(submission.run, submission.number);
  const file = await out.read(path);
  if (!file) return submission;
  const { job } = parseWith(outcomeSchema, file.text, `the outcome ${out.name}/${path}`);
  return job === null ? { ...submission, isGivenUp: true } : { ...submission, job };
}

async function isFirst(out: Storage, path: string, text: string): Promise<boolean> {
  try {
    await out.write([{ path, text, replaces: null }]);
    return true;
  } catch (error) {
    if (!(error instanceof StorageConflict)) throw error;
    return false;
  }
}
