import { fileURLToPath } from "node:url";

/** Variables that a worker reads. */
const VARIABLES = [
  "MEGAPTERA_*",
  "XDG_CACHE_HOME",
  "HOME",
  "HOMEPATH",
  "HOMEDRIVE",
  "USERPROFILE",
  "LOCALAPPDATA",
  "ORT_DISABLE_TELEMETRY",
  "AWS_*",
  "_X_AMZN_TRACE_ID",
  "SLURM_ARRAY_TASK_ID",
  "SLURM_RESTART_COUNT",
];

/** The worker's program. */
export const WORKER: string = fileURLToPath(new URL("../worker.ts", import.meta.url));

/**
 * The arguments that deno runs the worker with, with as few permissions as it needs. Native code
 * needs `--allow-ffi`, which Deno can't fence in.
 */
export const WORKER_ARGUMENTS: readonly string[] = [
  "run",
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  `--allow-env=${VARIABLES.join(",")}`,
  "--allow-sys=osRelease",
  "--allow-net",
  "--allow-ffi",
];
