import type { Command } from "commander";
import { EXIT_CODES, MegapteraError } from "../core/mod.ts";
import {
  addRunCommand,
  addSubmitOptions,
  optionsOf,
  type OutputArguments,
  settingsOf,
  type SubmitArguments,
  wholeOutput,
} from "./batch/batch_options.ts";
import { handOverMissing } from "./batch/hand_over.ts";
import { openRun } from "./batch/open_run.ts";
import { sayNext, watchRun } from "./batch/watch_run.ts";
import type { Environment } from "./environment.ts";
import { giveBack, isFar } from "./rights.ts";

/** Adds `batch-retry`. */
export function addBatchRetry(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addSubmitOptions(addRunCommand(program, "batch-retry"))
    .description("hand over again what is missing of a run")
    .action(async (run: string | undefined, options: OutputArguments & SubmitArguments) =>
      finish(await batchRetry(run, options, environment))
    );
}

/**
 * Hands over again what is missing, as the last submission was unless told otherwise.
 *
 * @returns The exit code: 0; with `--watch` as `watchRun`.
 */
async function batchRetry(
  run: string | undefined,
  asked: OutputArguments & SubmitArguments,
  environment: Environment,
): Promise<number> {
  const options = wholeOutput(asked);
  using opened = await openRun(run, options, environment.signal);
  const { out, trees, plan, submissions } = opened;
  const last = submissions.findLast(({ isGivenUp }) => !isGivenUp) ?? submissions.at(-1);
  const on = options.on ?? last?.on;
  if (on === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot tell what is to run ${plan.run} as it was never handed over: say --on local, slurm ` +
        "or aws.",
    );
  }
  const { place } = plan.source;
  giveBack({ net: on === "aws" || isFar([place, ...Object.values(options)]), run: [on, "slurm"] });
  const given = settingsOf(options);
  const settings = { ...(on === last?.on ? last.settings : {}), ...given };
  const isStarted = await handOverMissing({
    out,
    trees,
    plan,
    on,
    vcpus: options.vcpus ?? last?.vcpus ?? 1,
    settings,
    reused: optionsOf(settings).filter((option) => !optionsOf(given).includes(option)),
    signal: environment.signal,
  }, options);
  if (options.watch) return await watchRun(plan.run, options, environment);
  if (isStarted) sayNext(plan.run, options, environment);
  return EXIT_CODES.complete;
}
