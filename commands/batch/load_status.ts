import { type RunStatus, runStatus } from "../../batch/results/run_status.ts";
import { readSubmissions } from "../../batch/plan/submission.ts";
import type { OpenRun } from "./open_run.ts";
import { runnerFor } from "./runner_for.ts";

/** How a run is at this moment. */
export async function loadStatus({ out, trees, plan }: OpenRun): Promise<RunStatus> {
  const submissions = await readSubmissions(out, plan.run);
  const describe = async (submission: typeof submissions[number]) =>
    (await runnerFor(submission.on, submission.settings, out)).describe(submission);
  return await runStatus(trees, plan, submissions, describe, Date.now());
}
