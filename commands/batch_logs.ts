import { type Command, Option } from "commander";
import { alike, readLogTail, runnerFor, shares } from "../batch/mod.ts";
import { mapLimited, MegapteraError } from "../core/mod.ts";
import { addRunCommand, type OutputArguments } from "./batch/batch_options.ts";
import { type OpenRun, openRun } from "./batch/open_run.ts";
import { loadStatus } from "./batch/shares_to_score.ts";
import { outputWords } from "./batch/watch_run.ts";
import type { Environment } from "./environment.ts";
import { tellNext } from "./next.ts";
import { wholeNumber } from "./option_values.ts";
import { print } from "./print.ts";

/** Shares of a cause that are named. */
const SHARES_NAMED = 20;
const READ_AT_ONCE = 16;

/** The options of `batch-logs`, checked. */
interface LogsArguments extends OutputArguments {
  share?: number;
  failed?: boolean;
}

/** Adds `batch-logs`. */
export function addBatchLogs(program: Command, environment: Environment): void {
  addRunCommand(program, "batch-logs")
    .description("the last log lines of a share, or of what failed, by cause")
    .addOption(new Option("--share <n>", "which share").argParser(wholeNumber(0, 9999)))
    .option("--failed", "of one share of each cause that shares failed for")
    .action((run: string | undefined, options: LogsArguments) =>
      batchLogs(run, options, environment)
    );
}

/**
 * Prints the last log lines of a share's last job, or of what failed, by cause.
 *
 * @throws {MegapteraError} `usage` where no share of the run is named.
 */
async function batchLogs(
  run: string | undefined,
  options: LogsArguments,
  environment: Environment,
): Promise<void> {
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
  if (options.share !== undefined) await printLog(opened, options.share);
  else await printFailed(opened);
  tellNext(environment, "batch-retry", opened.plan.run, ...outputWords(options));
}

/** Prints the log of one share of each cause: of thousands that fail, most fail alike. */
async function printFailed(opened: OpenRun): Promise<void> {
  const { out, plan } = opened;
  const { failed } = await loadStatus(opened);
  if (failed.length === 0) print(`Nothing of ${plan.run} has failed.`);
  const read = await mapLimited(failed, READ_AT_ONCE, async ({ share, exitCode, reason }) => {
    const lines = await readLogTail(out, plan.run, share) ?? [];
    return { share, exitCode, reason, lines };
  });
  for (const { cause, shares: those } of alike(read)) {
    const [first, ...others] = those;
    if (others.length > 0) {
      const more = those.length > SHARES_NAMED ? ", …" : "";
      print(
        `${those.length} shares failed alike (${
          those.slice(0, SHARES_NAMED).join(", ")
        }${more}): ` +
          `${cause}`,
      );
    } else print(`1 share failed: ${cause}`);
    await printLog(opened, first);
  }
}

async function printLog(opened: OpenRun, share: number): Promise<void> {
  const lines = await logOf(opened, share);
  print(`share ${share}${lines ? "" : " has left no log"}`);
  for (const line of lines ?? []) print(`  ${line}`);
}

/** Reads the back end's log where it has one, else what the output keeps. */
async function logOf(
  { out, plan, submissions }: OpenRun,
  share: number,
): Promise<string[] | undefined> {
  const of = submissions.findLast((one) => !one.isGivenUp && one.shares.includes(share));
  if (of === undefined) return undefined;
  const runner = await runnerFor(of.on, of.settings, out);
  const job = of.job ?? await runner.find(of);
  const lines = job && await runner.logs({ ...of, job }, of.shares.indexOf(share));
  return lines ?? await readLogTail(out, plan.run, share);
}
