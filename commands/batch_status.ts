import type { Command } from "commander";
import { addRunCommand, type OutputArguments } from "./batch/batch_options.ts";
import { openRun } from "./batch/open_run.ts";
import { loadStatus } from "./batch/shares_to_score.ts";
import { statusLines, tellWayOn, watchRun } from "./batch/watch_run.ts";
import { EXIT_CODES } from "../core/mod.ts";
import type { Environment } from "./environment.ts";
import { print } from "./print.ts";

/** Adds `batch-status`. */
export function addBatchStatus(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addRunCommand(program, "batch-status")
    .description("how a run goes: hours, jobs, speed, end, cost, failures")
    .option("--watch", "stay and show how it goes; Ctrl-C leaves the run alone")
    .action(async (run: string | undefined, options: OutputArguments & { watch?: boolean }) =>
      finish(await batchStatus(run, options, environment))
    );
}

/**
 * Prints how a run goes, from any machine that reaches its output.
 *
 * @returns The exit code: 0; with `--watch` as `watchRun`.
 */
async function batchStatus(
  run: string | undefined,
  options: OutputArguments & { watch?: boolean },
  environment: Environment,
): Promise<number> {
  if (options.watch) return await watchRun(run, options, environment);
  using opened = await openRun(run, options, environment.signal);
  const status = await loadStatus(opened);
  for (const line of await statusLines(opened.plan, status, opened.out)) print(line);
  tellWayOn(opened.plan.run, status, options, environment);
  return EXIT_CODES.complete;
}
