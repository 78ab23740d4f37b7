import { readSavedModel, type SavedModel } from "../../../../pipeline/detector/mod.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { type CheckpointOptions, type TestVariable, writeCheckpoint } from "./write_checkpoint.ts";

/** Writes variables as a checkpoint and reads it as a detector. */
export async function loadCheckpoint(
  variables: readonly TestVariable[],
  options?: CheckpointOptions,
): Promise<SavedModel> {
  let model: SavedModel | undefined;
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, variables, options);
    model = await readSavedModel(folder);
  });
  return model!;
}
