import { MegapteraError } from "../pipeline/errors.ts";
import type { OutputArguments, SubmitArguments } from "./batch_arguments.ts";
import { openRun } from "./batch/open_run.ts";
import { sayNext } from "./batch/say_next.ts";
import { settingsOf, wholeOutput } from "./batch/settings.ts";
import { handOverMissing } from "./batch/hand_over.ts";
import { watchRun } from "./batch/watch_run.ts";
import type { Environment } from "./environment.ts";
import { print } from "./print.ts";

/**
 * `batch-retry [RUN]`: hands over again what is missing, as the last submission was unless told
 * otherwise.
 *
 * @returns The exit code: 0; with `--watch` as `watchRun`.
 */
export async function batchRetry(
  run: string | undefined,
  given: OutputArguments & SubmitArguments,
  environment: Environment,
): Promise<number> {
  const options = wholeOutput(given);
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
  const settings = { ...(on === last?.on ? last.settings : {}), ...settingsOf(options) };
  const isStarted = await handOverMissing({
    out,
    trees,
    plan,
    on,
    vcpus: options.vcpus ?? last?.vcpus ?? 1,
    settings,
    signal: environment.signal,
    onMissing: (hours) => print(hours === 1 ? "1 hour is missing." : `${hours} hours are missing.`),
  }, options);
  if (options.watch) return await watchRun(plan.run, options, environment);
  if (isStarted) sayNext(plan.run, options);
  return 0;
}
