import type { SlurmScript } from "./slurm_script.ts";

/** A job's detector and audio take about a quarter of it (docs/speed.md). */
const MEGABYTES_A_VCPU = 1700;

/**
 * The options that `sbatch` is given. They are arguments and no lines of the script, so that nothing
 * in a name or path is read as another option or command.
 *
 * @param script What they are of.
 */
export function slurmOptions(script: SlurmScript): string[] {
  const { submission, limitSeconds, count, logFile, settings } = script;
  const { run, vcpus } = submission;
  const { partition, account } = settings;
  const time = settings.time ?? String(Math.ceil(limitSeconds / 60));
  return [
    `--job-name=megaptera-${run}`,
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
