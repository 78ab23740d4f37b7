import type { Command } from "commander";
import { cancelSubmission, runnerFor } from "../batch/mod.ts";
import { openRun } from "./batch/open_run.ts";
import { addRunCommand, type OutputArguments } from "./batch/batch_options.ts";
import { outputWords } from "./batch/watch_run.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { print } from "./print.ts";

/** Adds `batch-cancel`. */
export function addBatchCancel(program: Command, environment: Environment): void {
  addRunCommand(program, "batch-cancel")
    .description("stop the jobs of a run; what is scored is kept")
    .action((run: string | undefined, options: OutputArguments) =>
      batchCancel(run, options, environment)
    );
}

/** Stops the jobs of a run that have not ended. */
async function batchCancel(
  run: string | undefined,
  options: OutputArguments,
  environment: Environment,
): Promise<void> {
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
  tellNext(environment, "batch-status", plan.run, ...outputWords(options));
}
