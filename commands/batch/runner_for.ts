import type { Submission } from "../../batch/plan/submission.ts";
import type { Runner } from "../../batch/runner/runner.ts";
import type { Storage } from "../../pipeline/places/mod.ts";

/**
 * The back end of a submission, loaded only where it is used.
 *
 * @param on Which.
 * @param settings What the submission says for it.
 * @param out The output.
 */
export async function runnerFor(
  on: Submission["on"],
  settings: Readonly<Record<string, string>>,
  out: Storage,
): Promise<Runner> {
  switch (on) {
    case "local": {
      const { LocalRunner } = await import("../../batch/local/local_runner.ts");
      return new LocalRunner(out, navigator.hardwareConcurrency);
    }
    case "slurm": {
      const { SlurmRunner } = await import("../../batch/slurm/slurm_runner.ts");
      return new SlurmRunner(settings, out);
    }
    case "aws": {
      const { AwsRunner } = await import("../../batch/aws/aws_runner.ts");
      return new AwsRunner(settings, out);
    }
  }
}
