/**
 * Runs jobs on Slurm.
 *
 * @module
 */
export { SlurmRunner } from "./slurm_runner.ts";
