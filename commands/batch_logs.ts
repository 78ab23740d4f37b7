import { readLogTail } from "../batch/results/log_tail.ts";
import { shares } from "../batch/plan/shares.ts";
import { MegapteraError } from "../pipeline/errors.ts";
import type { OutputArguments } from "./batch_arguments.ts";
import { loadStatus } from "./batch/load_status.ts";
import { type OpenRun, openRun } from "./batch/open_run.ts";
import { runnerFor } from "./batch/runner_for.ts";
import type { Environment } from "./environment.ts";
import { print } from "./print.ts";

/** The options of `batch-logs`, checked. */
export interface LogsArguments extends OutputArguments {
  share?: number;
  failed?: boolean;
}

/**
 * `batch-logs [RUN]`: the last log lines of a share's last job, or of all that failed.
 *
 * @returns The exit code: 0.
 */
export async function batchLogs(
  run: string | undefined,
  options: LogsArguments,
  environment: Environment,
): Promise<number> {
  if (options.share === undefined && !options.failed) {
    throw new MegapteraError(
      "usage",
      "Cannot show logs as none is named: say --share N or --failed.",
    );
  }
  using opened = await openRun(run, options, environment.signal);
  const count = shares(opened.plan).length;
  if (options.share !== undefined && options.share >= count) {
    throw new MegapteraError(
      "usage",
      `Cannot show the log of share ${options.share} of ${opened.plan.run} as it has ${count}, ` +
        "counted from 0.",
    );
  }
  const wanted = options.share !== undefined
    ? [options.share]
    : (await loadStatus(opened)).failed.map(({ share }) => share);
  if (wanted.length === 0) print(`Nothing of ${opened.plan.run} has failed.`);
  for (const share of wanted) {
    const lines = await logOf(opened, share);
    print(`share ${share}${lines ? "" : " has left no log"}`);
    for (const line of lines ?? []) print(`  ${line}`);
  }
  return 0;
}

/** The back end's log where it has one, else what the output keeps. */
async function logOf(
  { out, plan, submissions }: OpenRun,
  share: number,
): Promise<string[] | undefined> {
  const last = submissions.findLast((one) => one.job !== undefined && one.shares.includes(share));
  if (last === undefined) return undefined;
  const runner = await runnerFor(last.on, last.settings, out);
  const lines = await runner.logs(last, last.shares.indexOf(share));
  return lines ?? await readLogTail(out, plan.run, share);
}
