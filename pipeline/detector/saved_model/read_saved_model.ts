import { join } from "node:path";
import { MegapteraError } from "../../errors.ts";
import { openCheckpoint } from "./open_checkpoint.ts";
import { readHumpback, type SavedModel } from "./read_humpback.ts";
import { unpackSavedModel } from "./unpack_saved_model.ts";

/**
 * Reads a detector of the humpback family straight from its TensorFlow SavedModel.
 *
 * @param path The SavedModel's folder, or its `.tar.gz` archive, which is unpacked into a temporary
 * folder that is removed afterwards.
 * @returns Its weights by what they do, their SHA-256, and its variables.
 * @throws {MegapteraError} `data` where it is damaged or no detector of this family.
 */
export async function readSavedModel(path: string): Promise<SavedModel> {
  const isFolder = await Deno.stat(path).then((info) => info.isDirectory, () => false);
  if (isFolder) return await readHumpback(await openCheckpoint(path));
  return await readArchive(path);
}

async function readArchive(path: string): Promise<SavedModel> {
  const temporary = await Deno.makeTempDir({ prefix: "megaptera-model-" });
  const folder = join(temporary, "model");
  try {
    await unpackSavedModel(path, folder);
    return await readHumpback(await openCheckpoint(folder));
  } catch (error) {
    if (!(error instanceof MegapteraError)) throw error;
    // The user knows the archive, and the folder is gone by now.
    throw new MegapteraError(error.kind, error.message.replaceAll(folder, path), { cause: error });
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}
