/**
 * Runs jobs on Slurm.
 *
 * @module
 */
export { checkController, checkSubmission, keepsAccounts, type SlurmNames } from "./checks.ts";
export { SlurmRunner } from "./slurm_runner.ts";
