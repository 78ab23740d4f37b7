import { type Command, Option } from "commander";
import {
  addBatchRangeOptions,
  addOutputOptions,
  addSubmitOptions,
  type BatchRangeArguments,
  type OutputArguments,
  type SubmitArguments,
} from "./batch_arguments.ts";
import type { DoctorArguments } from "./batch_doctor.ts";
import type { LogsArguments } from "./batch_logs.ts";
import type { PushArguments } from "./batch_push.ts";
import type { SetupArguments } from "./batch_setup.ts";
import type { Environment } from "./environment.ts";
import { wholeNumber } from "./option_values.ts";

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
    .description("the last log lines of a share, or of what failed, by cause")
    .addOption(new Option("--share <n>", "which share").argParser(wholeNumber(0, 9999)))
    .option("--failed", "of one share of each cause that shares failed for")
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
    .option("--deep", "also read every manifest and score, and hash it again")
    .action(async (run: string | undefined, options: OutputArguments & { deep?: boolean }) => {
      const { batchVerify } = await import("./batch_verify.ts");
      finish(await batchVerify(run, options, environment));
    });
  addAwsCommands(program, environment, finish);
}

const AWS_REGION = [
  "--aws-region <name>",
  "region of the stack; as AWS tools find it by default",
] as const;

/** The commands that set AWS up. */
function addAwsCommands(
  program: Command,
  environment: Environment,
  finish: (exitCode: number) => void,
): void {
  program.command("batch-setup")
    .description("make all that scoring on AWS needs, by one CloudFormation template")
    .option("--bucket <name>", "the bucket for scores; made where it is not there")
    .option("--prefix <folder>", "the only folder of it that jobs may write to: scores, at first")
    .option("--source-bucket <name>", "the bucket of the recordings: pacific-sound-16khz, at first")
    .addOption(
      new Option("--max-vcpus <n>", "vCPUs at work at most: 64, at first")
        .argParser(wholeNumber(1, 10_000)),
    )
    .option("--vpc <id>", "a network of your own, with --subnets")
    .option("--subnets <ids>", "its subnets, with commas")
    .option("--service-role <arn>", "a role for Batch where its own can't be made")
    .option(...AWS_REGION)
    .option("--yes", "do not ask")
    .action(async (options: SetupArguments) => {
      const { batchSetup } = await import("./batch_setup.ts");
      finish(await batchSetup(options));
    });
  program.command("batch-teardown")
    .description("remove what batch-setup made, but never the scores")
    .option(...AWS_REGION)
    .option("--yes", "do not ask")
    .action(async (options: { awsRegion?: string; yes?: boolean }) => {
      const { batchTeardown } = await import("./batch_teardown.ts");
      finish(await batchTeardown(options));
    });
  program.command("batch-push")
    .description("build the worker's image and push it, with docker or podman")
    .addOption(
      new Option("--with <engine>", "docker or podman; the first that is there")
        .choices(["docker", "podman"]),
    )
    .option("--model <what>", "put a detector into the image: download, or an archive in model/")
    .option(...AWS_REGION)
    .action(async (options: PushArguments) => {
      const { batchPush } = await import("./batch_push.ts");
      finish(await batchPush(options));
    });
  addOutputOptions(program.command("batch-doctor"))
    .description("check before the first run what would otherwise fail after an hour")
    .option("--queue <name>", "a queue other than the stack's")
    .option("--job-definition <name>", "a job definition other than the stack's")
    .option("--recording <place>", "a recording to read from instead of one of MARS")
    .option(...AWS_REGION)
    .action(async (options: DoctorArguments) => {
      const { batchDoctor } = await import("./batch_doctor.ts");
      finish(await batchDoctor(options, environment));
    });
}
