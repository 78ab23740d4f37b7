import type { Command } from "commander";
import { STACK, StackClient } from "../batch/mod.ts";
import { addRegionOption } from "./batch/batch_options.ts";
import { ask } from "./batch/hand_over.ts";
import { print, tell } from "./print.ts";

/** Adds `batch-teardown`. */
export function addBatchTeardown(program: Command): void {
  const command = program.command("batch-teardown")
    .description("remove what batch-setup made, but never the scores");
  addRegionOption(command)
    .option("--yes", "do not ask")
    .action((options: { awsRegion?: string; yes?: boolean }) => batchTeardown(options));
}

/** Removes what `batch-setup` made, but never the scores. */
async function batchTeardown(
  { awsRegion, yes }: { awsRegion?: string; yes?: boolean },
): Promise<void> {
  const stack = new StackClient(awsRegion);
  try {
    const found = await stack.find();
    if (!found) {
      print(`There is no stack ${STACK} in ${await stack.region()}: nothing to remove.`);
      return;
    }
    const bucket = found.Outputs?.find(({ OutputKey }) => OutputKey === "Bucket")?.OutputValue;
    print(
      `Removes the stack ${STACK}: queue with its jobs, machines, network, roles, logs, images.`,
    );
    print(`The bucket ${bucket ?? "of the scores"} and all that is in it stay.`);
    if (!yes) ask("Remove it?");
    await stack.remove(tell);
    print(`Removed. The scores are still in ${bucket ?? "their bucket"}.`);
  } finally {
    await stack.close();
  }
}
