import { isAbsolute, resolve } from "node:path";
import { type Command, Option } from "commander";
import { BACK_ENDS, type BackEndName } from "../../batch/mod.ts";
import { holdsSecrets, MegapteraError } from "../../core/mod.ts";
import { numberFrom, wholeNumber } from "../option_values.ts";

/** Options that say where a run's output is, and how it is reached. */
export interface OutputArguments {
  out: string;
  outRegion?: string;
  endpoint?: string;
}

/** Options that say what jobs are handed to, and with what. */
export interface SubmitArguments {
  on?: BackEndName;
  vcpus?: number;
  maxCost?: number;
  yes?: boolean;
  watch?: boolean;
  queue?: string;
  jobDefinition?: string;
  awsRegion?: string;
  partition?: string;
  account?: string;
  time?: string;
  container?: string;
}

/** Adds the options that say where a run's output is. */
export function addOutputOptions(command: Command): Command {
  return command
    .option("--out <folder>", "the run's output: a folder, or s3://bucket/prefix", "scores")
    .option("--out-region <name>", "region of the output's bucket")
    .option("--endpoint <url>", "an S3 server other than Amazon's");
}

/** Adds a command that takes the name of a run, with the options of its output. */
export function addRunCommand(program: Command, name: string): Command {
  return addOutputOptions(program.command(name))
    .argument("[run]", "the run's name; the only one of the output by default");
}

/** Adds `--aws-region`, alike in every command that asks for the stack. */
export function addRegionOption(command: Command): Command {
  return command
    .option("--aws-region <name>", "region of the stack; as AWS tools find it by default");
}

/** Adds the options that say what jobs are handed to. */
export function addSubmitOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--on <what>", "what runs the jobs: this machine, Slurm, or AWS Batch")
        .choices(Object.keys(BACK_ENDS)),
    )
    .addOption(new Option("--vcpus <n>", "vCPUs of a job").argParser(wholeNumber(1, 64)))
    .addOption(
      new Option("--max-cost <dollars>", "refuse what could cost more, at on-demand prices")
        .argParser(numberFrom(0, 1e9)),
    )
    .option("--yes", "do not ask before something costs money, or is done as the output says")
    .option("--watch", "stay and show how it goes; Ctrl-C leaves the run alone")
    .option("--queue <name>", "a queue other than the stack's")
    .option("--job-definition <name>", "a job definition other than the stack's")
    .option("--aws-region <name>", "region of the queue; as AWS tools find it by default")
    .option("--partition <name>", "the partition")
    .option("--account <name>", "the account that is charged")
    .option("--time <limit>", "time limit of a job, as 4:00:00")
    .option("--container <image>", "run the worker in apptainer:IMAGE");
}

const NAMES = [
  "queue",
  "jobDefinition",
  "awsRegion",
  "partition",
  "account",
  "time",
  "container",
] as const;

/** Other ways for a secret to reach jobs, by the option that must not hold it. */
const WAYS_ON = {
  "--source": "give the jobs the whole address in the environment variable MEGAPTERA_SOURCE",
  "--out": "give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  "--endpoint": "give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
  "--container": "log in to the registry where the jobs run",
} as const;

/**
 * Refuses an address that lets in who knows it: it would lie in the output or in the description of a
 * job, where others read it.
 *
 * @param option What was given by it.
 * @param value Its value; nothing is refused where there is none.
 * @throws {MegapteraError} `usage`, with the way on.
 */
export function refuseSecrets(option: keyof typeof WAYS_ON, value: string | undefined): void {
  if (value === undefined || !holdsSecrets(value)) return;
  throw new MegapteraError(
    "usage",
    `Cannot take ${option} ${value} as it holds a password or signature (not shown here), which ` +
      `others could read in the output or in the jobs: leave that out, and ${WAYS_ON[option]} ` +
      "(docs/security.md).",
  );
}

/** Picks the options that a submission keeps for its back end, so that a retry does the same. */
export function settingsOf(options: SubmitArguments): Record<string, string> {
  refuseSecrets("--container", options.container);
  const said = NAMES.flatMap((name) => options[name] === undefined ? [] : [[name, options[name]]]);
  return Object.fromEntries(said);
}

/**
 * Puts settings as the options that would say them.
 *
 * @param settings As a submission keeps them.
 * @returns Such as `--container apptainer:a.sif`.
 */
export function optionsOf(settings: Readonly<Record<string, string>>): string[] {
  return NAMES.filter((name) => settings[name] !== undefined).map((name) =>
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${settings[name]}`
  );
}

/** Puts the output as a job finds it, wherever it runs: a folder by its whole path. */
export function wholeOutput<Options extends OutputArguments>(options: Options): Options {
  const { out } = options;
  const isPlace = out.includes("://") || isAbsolute(out);
  return isPlace ? options : { ...options, out: resolve(out) };
}
