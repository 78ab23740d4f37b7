import { EXIT_CODES } from "../../core/mod.ts";
import { type JobRequest, WORKER, WORKER_ARGUMENTS } from "../runner.ts";
import { jobName, type Submission } from "../submission.ts";

/** Tries of a task whose worker said 75. */
const MOST_TRIES = 3;

/** The worker's program in the image. Its entry point may write to no folder of the cluster's. */
const WORKER_IN_IMAGE = "/app/commands/batch_worker.ts";

/** Request that a script is made for, and the part of it that one array runs. */
export interface SlurmScript extends JobRequest {
  /** First of the submission's indices that this array's tasks run, and how many there are. */
  first: number;
  count: number;
  /** File of its own output, as a pattern of Slurm's. */
  logFile: string;
  settings: Readonly<Record<string, string>>;
}

/**
 * Writes the script that `sbatch` is given. The worker runs as the script's child, so that the end
 * of its time and `scancel` reach it as SIGTERM, and 75 has the task queued again.
 *
 * @param script What it is of.
 * @returns The script's text.
 */
export function slurmScript(script: SlurmScript): string {
  const { environment, first, settings } = script;
  const { container } = settings;
  const exports = { ...environment, MEGAPTERA_INDEX_BASE: String(first) };
  const worker = container === undefined
    ? [Deno.execPath(), ...WORKER_ARGUMENTS, WORKER]
    // What the image's programs lie in, wherever this machine's own do.
    : ["apptainer", "exec", "--env", "DENO_DIR=/deno", container.replace(/^apptainer:/, ""), "deno"]
      .concat(
        WORKER_ARGUMENTS,
        "--cached-only",
        WORKER_IN_IMAGE,
      );
  return [
    "#!/bin/bash",
    ...Object.entries(exports).map(([name, value]) => `export ${name}=${quote(value)}`),
    "child= stopped=",
    `trap 'stopped=1; [ -z "$child" ] || kill -TERM "$child"' TERM`,
    `${worker.map(quote).join(" ")} &`,
    "child=$!",
    '[ -z "$stopped" ] || kill -TERM "$child"',
    // A signal ends `wait` before the worker has ended.
    'while wait "$child"; code=$?; kill -0 "$child" 2>/dev/null; do :; done',
    `if [ "$code" -eq ${EXIT_CODES.retry} ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${
      MOST_TRIES - 1
    } ]; then`,
    '  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60',
    "fi",
    'exit "$code"',
    "",
  ].join("\n");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

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
 * Makes the options that `sbatch` is given. They are arguments and no lines of the script, so that
 * nothing in a name or path is read as another option or command.
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
