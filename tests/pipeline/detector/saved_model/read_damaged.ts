import { join } from "node:path";
import { readSavedModel, type SavedModel } from "../../../../pipeline/detector/mod.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { smallHumpback } from "./small_humpback.ts";
import { type CheckpointOptions, writeCheckpoint } from "./write_checkpoint.ts";

/** The smallest detector of the family. */
export const TINY = smallHumpback({ stem: 1, groups: [[1, 1, 1]] });

/** Writes a checkpoint, damages a file of it, and reads it as a detector. */
export async function readDamaged(
  file: string,
  damage: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  options?: CheckpointOptions,
): Promise<SavedModel> {
  let model: SavedModel | undefined;
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, TINY, options);
    const path = join(folder, file);
    await Deno.writeFile(path, damage(await Deno.readFile(path)));
    model = await readSavedModel(folder);
  });
  return model!;
}
