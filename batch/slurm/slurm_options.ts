import { jobName, type Submission } from "../plan/submission.ts";
import type { SlurmScript } from "./slurm_script.ts";

/** A job's detector and audio take about a quarter of it (docs/speed.md). */
const MEGABYTES_A_VCPU = 1700;

/**
 * Names an array of a submission, so that it is found again.
 *
 * @param submission The submission.
 * @param first Which of its indices the array begins at.
 */
export function arrayName(submission: Submission, first: number): string {
  return `${jobName(submission)}-${first}`;
}

/**
 * The options that `sbatch` is given. They are arguments and no lines of the script, so that nothing
 * in a name or path is read as another option or command.
 *
 * @param script What they are of.
 */
export function slurmOptions(script: SlurmScript): string[] {
  const { submission, limitSeconds, first, count, logFile, settings } = script;
  const { vcpus } = submission;
  const { partition, account } = settings;
  const time = settings.time ?? String(Math.ceil(limitSeconds / 60));
  return [
    `--job-name=${arrayName(submission, first)}`,
    `--array=0-${count - 1}`,
    `--output=${logFile}`,
    `--cpus-per-task=${vcpus}`,
    `--mem=${MEGABYTES_A_VCPU * vcpus}M`,
    `--time=${time}`,
    "--requeue",
    "--open-mode=append",
    "--signal=B:TERM@30",
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
  ];
}
