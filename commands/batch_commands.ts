import { type Command, Option } from "commander";
import { wholeNumber } from "./arguments.ts";
import {
  addBatchRangeOptions,
  addOutputOptions,
  addSubmitOptions,
  type BatchRangeArguments,
  type OutputArguments,
  type SubmitArguments,
} from "./batch_arguments.ts";
import type { LogsArguments } from "./batch_logs.ts";
import type { Environment } from "./environment.ts";

/**
 * Adds the commands that score on many machines; each is loaded only when it is called.
 *
 * @param program What they are added to.
 * @param environment What they run in.
 * @param finish Told the exit code.
 */
export function addBatchCommands(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  addBatchRangeOptions(program.command("batch-range"))
    .description("score a range on many machines: AWS Batch, Slurm, or this one")
    .action(async (options: BatchRangeArguments) => {
      const { batchRange } = await import("./batch_range.ts");
      finish(await batchRange(options, environment));
    });
  const onRun = (name: string): Command =>
    addOutputOptions(program.command(name))
      .argument("[run]", "the run's name; the only one of the output by default");
  onRun("batch-status")
    .description("how a run goes: hours, jobs, speed, end, cost, failures")
    .option("--watch", "stay and show how it goes; Ctrl-C leaves the run alone")
    .action(async (run: string | undefined, options: OutputArguments & { watch?: boolean }) => {
      const { batchStatus } = await import("./batch_status.ts");
      finish(await batchStatus(run, options, environment));
    });
  onRun("batch-logs")
    .description("the last log lines of a share, or of all that failed")
    .addOption(new Option("--share <n>", "which share").argParser(wholeNumber(0, 9999)))
    .option("--failed", "of all shares that failed")
    .action(async (run: string | undefined, options: LogsArguments) => {
      const { batchLogs } = await import("./batch_logs.ts");
      finish(await batchLogs(run, options, environment));
    });
  onRun("batch-cancel")
    .description("stop the jobs of a run; what is scored is kept")
    .action(async (run: string | undefined, options: OutputArguments) => {
      const { batchCancel } = await import("./batch_cancel.ts");
      finish(await batchCancel(run, options, environment));
    });
  addSubmitOptions(onRun("batch-retry"))
    .description("hand over again what is missing of a run")
    .action(async (run: string | undefined, options: OutputArguments & SubmitArguments) => {
      const { batchRetry } = await import("./batch_retry.ts");
      finish(await batchRetry(run, options, environment));
    });
  onRun("batch-verify")
    .description("check that every hour of a run is there, whole, and of one fingerprint")
    .action(async (run: string | undefined, options: OutputArguments) => {
      const { batchVerify } = await import("./batch_verify.ts");
      finish(await batchVerify(run, options, environment));
    });
}
