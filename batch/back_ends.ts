import type { Storage } from "../pipeline/places/mod.ts";
import type { Runner } from "./runner.ts";
import type { BackEndName } from "./submission.ts";

/** Loads what makes the runner of a back end, from the settings of a submission and the output. */
type Load = () => Promise<(settings: Readonly<Record<string, string>>, out: Storage) => Runner>;

/** Loaders by the name of the back end; its facts stand in `BACK_ENDS`. */
const LOADERS: Readonly<Record<BackEndName, Load>> = {
  local: async () => {
    const { LocalRunner } = await import("./local/mod.ts");
    return (_, out) => new LocalRunner(out, navigator.hardwareConcurrency);
  },
  slurm: async () => {
    const { SlurmRunner } = await import("./slurm/mod.ts");
    return (settings, out) => new SlurmRunner(settings, out);
  },
  aws: async () => {
    const { AwsRunner } = await import("./aws/mod.ts");
    return (settings, out) => new AwsRunner(settings, out);
  },
};

/**
 * Makes the runner of a submission's back end, which is loaded only where it is used.
 *
 * @param on Name of the back end.
 * @param settings Its settings, as the submission keeps them.
 * @param out The output.
 */
export async function runnerFor(
  on: BackEndName,
  settings: Readonly<Record<string, string>>,
  out: Storage,
): Promise<Runner> {
  return (await LOADERS[on]())(settings, out);
}
