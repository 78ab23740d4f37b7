import {
  describeSubmission,
  readSubmissions,
  runnerFor,
  type RunStatus,
  runStatus,
  type Submission,
  type SubmissionView,
} from "../../batch/mod.ts";
import type { Storage } from "../../pipeline/places/mod.ts";
import type { OpenRun } from "./open_run.ts";

/** Tells how a run is at this moment. */
export async function loadStatus({ out, trees, plan }: OpenRun): Promise<RunStatus> {
  const submissions = await readSubmissions(out, plan.run);
  const describe = (submission: Submission) => askBackEnd(out, submission);
  return await runStatus(trees, plan, submissions, describe, Date.now());
}

/** Asks a submission's back end how its jobs are. */
export async function askBackEnd(out: Storage, submission: Submission): Promise<SubmissionView> {
  const runner = await runnerFor(submission.on, submission.settings, out);
  return await describeSubmission(out, submission, runner);
}
