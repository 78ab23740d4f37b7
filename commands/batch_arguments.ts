import { type Command, Option } from "commander";
import type { Recipe } from "../pipeline/detector/mod.ts";
import { addArchiveOptions, addClockOptions, addRecipeOptions, hourStart } from "./arguments.ts";
import { numberFrom, wholeNumber } from "./option_values.ts";

/** Where a run's output is, and how it is reached. */
export interface OutputArguments {
  out: string;
  outRegion?: string;
  endpoint?: string;
}

/** What jobs are handed to, and with what. */
export interface SubmitArguments {
  on?: "local" | "slurm" | "aws";
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

/** The options of `batch-range`, checked. */
export interface BatchRangeArguments extends OutputArguments, SubmitArguments {
  start: number;
  stop: number;
  model: string;
  recipe: Recipe["name"];
  gain: number;
  channel: number;
  hours?: { from: number; to: number };
  site?: string;
  sites?: string;
  source?: string;
  timezone?: string;
  nameFormat?: string;
  region?: string;
  unsigned?: boolean;
  requesterPays?: boolean;
  coreSeconds?: number;
  dryRun?: boolean;
}

/** Adds the options that say where a run's output is. */
export function addOutputOptions(command: Command): Command {
  return command
    .option("--out <folder>", "the run's output: a folder, or s3://bucket/prefix", "scores")
    .option("--out-region <name>", "region of the output's bucket")
    .option("--endpoint <url>", "an S3 server other than Amazon's");
}

/** Adds the options that say what jobs are handed to. */
export function addSubmitOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--on <what>", "what runs the jobs: this machine, Slurm, or AWS Batch")
        .choices(["local", "slurm", "aws"]),
    )
    .addOption(new Option("--vcpus <n>", "vCPUs of a job").argParser(wholeNumber(1, 64)))
    .addOption(
      new Option("--max-cost <dollars>", "refuse what could cost more, at on-demand prices")
        .argParser(numberFrom(0, 1e9)),
    )
    .option("--yes", "do not ask before something costs money, or is done as the output says")
    .option("--watch", "stay and show how it goes; Ctrl-C leaves the run alone")
    .option("--queue <name>", "AWS: a queue other than the stack's")
    .option("--job-definition <name>", "AWS: a job definition other than the stack's")
    .option("--aws-region <name>", "AWS: region of the queue; as AWS tools find it by default")
    .option("--partition <name>", "Slurm: the partition")
    .option("--account <name>", "Slurm: the account that is charged")
    .option("--time <limit>", "Slurm: time limit of a job, as 4:00:00")
    .option("--container <image>", "Slurm: run the worker in apptainer:IMAGE");
}

/** Adds the options of `batch-range`. */
export function addBatchRangeOptions(command: Command): Command {
  const ranged = addOutputOptions(command)
    .addOption(
      new Option("--start <iso>", "first hour (UTC)").argParser(hourStart).makeOptionMandatory(),
    )
    .addOption(
      new Option("--stop <iso>", "the hour after the last (UTC)").argParser(hourStart)
        .makeOptionMandatory(),
    )
    .option("--model <name>", "google, demo, or a detector's path on every machine", "google")
    .addOption(
      new Option("--core-seconds <s>", "core-seconds that an hour of audio takes")
        .argParser(numberFrom(0.01, 1e6)),
    )
    .option("--dry-run", "show shares, core-hours and dollars, and do nothing");
  return addSubmitOptions(addArchiveOptions(addRecipeOptions(addClockOptions(ranged))));
}
