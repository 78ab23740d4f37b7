import { MegapteraError } from "../../core/mod.ts";
import { runTool } from "./slurm_tools.ts";

/** Names of the parts of Slurm that a run is handed to; its own choice where there is none. */
export interface SlurmNames {
  partition?: string | undefined;
  account?: string | undefined;
}

/**
 * Checks that Slurm's controller answers.
 *
 * @returns What was found, in words.
 * @throws {MegapteraError} Where there is no Slurm here, or it does not answer.
 */
export async function checkController(): Promise<string> {
  const { success, out, err } = await runTool("scontrol", ["show", "config"]);
  if (!success) {
    throw new MegapteraError(
      "configuration",
      `Cannot reach Slurm's controller as scontrol says "${
        err.split("\n").at(-1)
      }": ask who runs ` +
        "the cluster.",
    );
  }
  const named = (key: string): string =>
    new RegExp(`^${key}\\s*=\\s*(.*)$`, "m").exec(out)?.[1].trim() ?? "";
  return `the controller of ${named("ClusterName") || "the cluster"} answers, ` +
    `${named("SLURM_VERSION") || "of unknown version"}`;
}

/**
 * Asks Slurm whether it would take a job, without handing one over.
 *
 * @returns What it says, in words.
 * @throws {MegapteraError} `configuration` where it would not.
 */
export async function checkSubmission({ partition, account }: SlurmNames): Promise<string> {
  const names = [
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(account === undefined ? [] : [`--account=${account}`]),
  ];
  const args = ["--test-only", "--ntasks=1", "--output=/dev/null", ...names];
  const { success, err } = await runTool("sbatch", args, "#!/bin/sh\n");
  const said = err.split("\n").at(-1)?.replace(/^sbatch: (error: )?/, "") ?? "";
  if (success) return said.replace(/^Job \d+ to start/, "a job of one core would start");
  throw new MegapteraError(
    "configuration",
    `Cannot hand jobs to Slurm as sbatch says "${
      said.replace(/^allocation failure: /, "")
    }": name a ` +
      "partition that sinfo shows with --partition, and your account with --account.",
  );
}

/** Tells whether Slurm keeps accounts of jobs that have ended. */
export async function keepsAccounts(): Promise<boolean> {
  const asked = await runTool("sacct", ["-P", "-n", "-X", "--format=JobID"]).catch(() => undefined);
  return asked?.success === true;
}
