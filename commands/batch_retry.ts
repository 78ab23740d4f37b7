import { verifyRun } from "../batch/results/verify_run.ts";
import { MegapteraError } from "../pipeline/errors.ts";
import type { OutputArguments, SubmitArguments } from "./batch_arguments.ts";
import { openRun } from "./batch/open_run.ts";
import { sayNext } from "./batch/say_next.ts";
import { settingsOf, wholeOutput } from "./batch/settings.ts";
import { sharesToScore } from "./batch/shares_to_score.ts";
import { confirmShares, submitShares } from "./batch/submit_shares.ts";
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
  const last = submissions.at(-1);
  const on = options.on ?? last?.on;
  if (on === undefined) {
    throw new MegapteraError(
      "usage",
      `Cannot tell what is to run ${plan.run} as it was never handed over: say --on local, slurm ` +
        "or aws.",
    );
  }
  const work = await sharesToScore(out, plan, await verifyRun(out, trees, plan));
  if (work.shares.length > 0) {
    const settings = { ...(on === last?.on ? last.settings : {}), ...settingsOf(options) };
    const vcpus = options.vcpus ?? last?.vcpus ?? 1;
    print(work.hoursLeft === 1 ? "1 hour is missing." : `${work.hoursLeft} hours are missing.`);
    const handedOver = { ...work, out, plan, on, vcpus, settings };
    confirmShares(handedOver, options);
    await submitShares(handedOver, options);
  } else print(work.why);
  if (options.watch) return await watchRun(plan.run, options, environment);
  if (work.shares.length > 0) sayNext(plan.run, options);
  return 0;
}
