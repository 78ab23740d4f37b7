import type { Storage } from "../pipeline/places/mod.ts";
import type { Runner } from "./runner.ts";
import type { Submission } from "./submission.ts";

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
      const { LocalRunner } = await import("./local/mod.ts");
      return new LocalRunner(out, navigator.hardwareConcurrency);
    }
    case "slurm": {
      const { SlurmRunner } = await import("./slurm/mod.ts");
      return new SlurmRunner(settings, out);
    }
    case "aws": {
      const { AwsRunner } = await import("./aws/mod.ts");
      return new AwsRunner(settings, out);
    }
  }
}
