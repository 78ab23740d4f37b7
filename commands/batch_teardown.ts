import { STACK, StackClient } from "../batch/mod.ts";
import { ask } from "./batch/hand_over.ts";
import { print, tell } from "./print.ts";

/**
 * `batch-teardown`: removes what `batch-setup` made, but never the scores.
 *
 * @returns The exit code: 0.
 */
export async function batchTeardown(
  { awsRegion, yes }: { awsRegion?: string; yes?: boolean },
): Promise<number> {
  const stack = new StackClient(awsRegion);
  try {
    const found = await stack.find();
    if (!found) {
      print(`There is no stack ${STACK} in ${await stack.region()}: nothing to remove.`);
      return 0;
    }
    const bucket = found.Outputs?.find(({ OutputKey }) => OutputKey === "Bucket")?.OutputValue;
    print(
      `Removes the stack ${STACK}: queue with its jobs, machines, network, roles, logs, images.`,
    );
    print(`The bucket ${bucket ?? "of the scores"} and all that is in it stay.`);
    if (!yes) ask("Remove it?");
    await stack.remove(tell);
    print(`Removed. The scores are still in ${bucket ?? "their bucket"}.`);
    return 0;
  } finally {
    await stack.close();
  }
}
