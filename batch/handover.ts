/**
 * Lets a submission change hands, whoever is lost on the way. It is written first, under the next
 * number that is free, which only one of several submitters can take; then its jobs are handed over
 * under a name with its token; then it is noted what the back end calls them, once and for all. Who
 * was lost in between leaves a submission without a job: its jobs are found by their name, or it is
 * given up, which its workers and its submitter, should they come to life again, find noted.
 *
 * @module
 */
import { mapLimited, MegapteraError } from "../core/mod.ts";
import type { Storage } from "../pipeline/places/mod.ts";
import { readSeals } from "./list_hours.ts";
import { parseLogLine, readLogTail } from "./log_tail.ts";
import { outcomePath, submissionPath } from "./run_paths.ts";
import type { JobRequest, JobView, JobViews, Runner, TakenSubmission } from "./runner.ts";
import { BACK_ENDS, keepOutcome, type Submission, type SubmittedJob } from "./submission.ts";

/**
 * Time to note the jobs: who has not by then was lost; and Batch shows a job some time after it
 * took it.
 */
export const HANDED_OVER_WITHIN_MS = 10 * 60_000;

/** State of a submission. */
export interface SubmissionView extends JobViews {
  /** Submission, with its back end's name for it where that is noted or was found. */
  submission: Submission;
  /** Whether its submitter was lost before its jobs were taken, as far as can be told. */
  isLost: boolean;
}

/**
 * Tells how a submission is, also where its submitter has not noted what its back end calls it.
 *
 * @param out The output.
 * @param submission One that was not given up.
 * @param runner Its back end.
 */
export async function describeSubmission(
  out: Storage,
  submission: Submission,
  runner: Runner,
): Promise<SubmissionView> {
  if (isTaken(submission)) {
    return { ...await runner.describe(submission), submission, isLost: false };
  }
  const { run, number, shares, on } = submission;
  const job = await runner.find(submission);
  const ageMs = await out.ageMs(submissionPath(run, number)) ?? Infinity;
  const isOpen = ageMs < HANDED_OVER_WITHIN_MS;
  if (job) {
    const taken = { ...submission, job };
    return { ...await runner.describe(taken, isOpen), submission: taken, isLost: false };
  }
  if (isOpen) {
    const note = `Submission ${number} was started ` +
      `${
        Math.round(ageMs / 1000)
      } s ago and is not finished. If its command was stopped, batch-cancel frees its shares.`;
    const jobs = shares.map((_, index) => ({ index, state: "waiting" as const }));
    return { jobs, notes: [note], submission, isLost: false };
  }
  const note = `Submission ${number} was started, but its command stopped, and ` +
    `${BACK_ENDS[on].title} knows no job of it. batch-retry hands over what is missing.`;
  const reason = "its submitter was lost, and no job of its name is there";
  const jobs = await endedBefore(out, submission, [...shares.keys()], reason);
  return { jobs, notes: [note], submission, isLost: true };
}

/**
 * Hands a submission's jobs over, and notes what their back end calls them.
 *
 * @param out The output.
 * @param runner The back end.
 * @param request What it is to run; the submission is written already.
 * @returns What the back end calls it.
 * @throws {MegapteraError} Where the back end won't take it; `retry` where it can't be told whether it
 * has, or where the submission was given up meanwhile: then its jobs are stopped.
 */
export async function handOver(
  out: Storage,
  runner: Runner,
  request: JobRequest,
): Promise<SubmittedJob> {
  const { submission } = request;
  const what = `${submission.run}, submission ${submission.number},`;
  let job: SubmittedJob;
  try {
    job = await runner.submit(request);
  } catch (error) {
    // What was surely not taken must not seem to be under way.
    const isRefused = error instanceof MegapteraError && error.kind !== "retry";
    if (isRefused) await keepOutcome(out, submission, null).catch(() => {});
    throw error;
  }
  let noted: Submission;
  try {
    noted = await keepOutcome(out, submission, job);
  } catch (cause) {
    throw new MegapteraError(
      "retry",
      `${what} was handed over as ${job.id}, but that can't be noted in ` +
        `${out.name}/${
          outcomePath(submission.run, submission.number)
        } now. batch-status finds its ` +
        "jobs by their name.",
      { cause },
    );
  }
  if (noted.job?.id === job.id) return job;
  await runner.cancel({ ...submission, job });
  throw new MegapteraError(
    "retry",
    `Cannot hand over ${what} as it was cancelled or given up meanwhile: its jobs were told to stop. ` +
      "See batch-status, and run the same command again.",
  );
}

/**
 * Stops what has not ended of a submission; one whose jobs aren't known is given up.
 *
 * @param out The output.
 * @param submission One that was not given up.
 * @param runner Its back end.
 * @returns Jobs that were told to stop, or were given up.
 */
export async function cancelSubmission(
  out: Storage,
  submission: Submission,
  runner: Runner,
): Promise<number> {
  let known = submission;
  if (!isTaken(known)) {
    known = await keepOutcome(out, submission, await runner.find(submission) ?? null);
  }
  if (!isTaken(known)) {
    // It may have been taken just now; its workers end by themselves, but only once they begin.
    const job = await runner.find(submission);
    if (job) await runner.cancel({ ...submission, job });
    return submission.shares.length;
  }
  const { jobs } = await runner.describe(known);
  const open = jobs.filter(({ state }) => state === "waiting" || state === "running").length;
  if (open > 0) await runner.cancel(known);
  return open;
}

/** Tells whether it is known what a submission's back end calls it. */
function isTaken(submission: Submission): submission is TakenSubmission {
  return submission.job !== undefined && !submission.isGivenUp;
}

const READ_AT_ONCE = 16;

/**
 * Tells how jobs ended of which their back end knows nothing: by their share's seal, or by the last
 * line of the log that the output keeps.
 *
 * @param out The output.
 * @param submission The submission.
 * @param indices Which of its jobs.
 * @param reason What is said of those that left no end.
 */
export async function endedBefore(
  out: Storage,
  submission: Submission,
  indices: readonly number[],
  reason = "the queue has forgotten it, and it left no end",
): Promise<JobView[]> {
  if (indices.length === 0) return [];
  const sealed = new Set([...await readSeals(out, submission.run)].map((path) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return Number(name.slice(0, name.indexOf("-")));
  }));
  return await mapLimited(indices, READ_AT_ONCE, async (index): Promise<JobView> => {
    const share = submission.shares[index];
    // A share's first seal is the first submission's; later ones may find the seal of an earlier one.
    const isSealed = sealed.has(share);
    if (isSealed && submission.number === 1) return { index, state: "succeeded", exitCode: 0 };
    const last = (await readLogTail(out, submission.run, share, submission.number))?.at(-1);
    const exitCode = parseLogLine(last ?? "")?.exit_code;
    if (exitCode === undefined) return { index, state: "failed", reason };
    return { index, state: exitCode === 0 ? "succeeded" : "failed", exitCode };
  });
}
