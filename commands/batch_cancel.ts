import { cancelSubmission, runnerFor } from "../batch/mod.ts";
import { openRun } from "./batch/open_run.ts";
import type { OutputArguments } from "./batch_arguments.ts";
import type { Environment } from "./environment.ts";
import { print } from "./print.ts";

/**
 * `batch-cancel [RUN]`: stops the jobs of a run that have not ended.
 *
 * @returns The exit code: 0.
 */
export async function batchCancel(
  run: string | undefined,
  options: OutputArguments,
  environment: Environment,
): Promise<number> {
  using opened = await openRun(run, options, environment.signal);
  const { out, plan, submissions } = opened;
  let stopped = 0;
  for (const submission of submissions) {
    if (submission.isGivenUp) continue;
    const runner = await runnerFor(submission.on, submission.settings, out);
    stopped += await cancelSubmission(out, submission, runner);
  }
  print(
    stopped === 0
      ? `Nothing of ${plan.run} is at work.`
      : `Asked ${stopped} job${stopped === 1 ? "" : "s"} of ${plan.run} to stop; hours that are ` +
        "scored are kept, and batch-retry goes on from there.",
  );
  return 0;
}
