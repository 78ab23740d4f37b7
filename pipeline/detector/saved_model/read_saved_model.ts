import { join } from "node:path";
import { unpackSavedModel } from "../install/mod.ts";
import { Checkpoint, type Variable } from "./checkpoint.ts";
import type { HumpbackWeights } from "./humpback_weights.ts";
import { matchHumpback } from "./match_humpback.ts";

/** A SavedModel of the humpback_whale family, read whole. */
export interface SavedModel extends HumpbackWeights {
  /** What was found in it, leftovers of training included. */
  readonly variables: readonly Variable[];
}

/**
 * Reads a TensorFlow SavedModel of the humpback_whale family: checkpoint, names, weights.
 *
 * @param path Its folder, or its `.tar.gz`.
 * @returns Its weights, every byte verified against the checkpoint's checksums.
 * @throws {MegapteraError} `data` where it is damaged or of another family.
 */
export async function readSavedModel(path: string): Promise<SavedModel> {
  if (!/\.(?:tar\.gz|tgz)$/i.test(path)) return await readFolder(path, path);
  const temporary = await Deno.makeTempDir({ prefix: "megaptera-" });
  try {
    const folder = join(temporary, "model");
    await unpackSavedModel(path, folder);
    return await readFolder(folder, path);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

async function readFolder(folder: string, name: string): Promise<SavedModel> {
  const checkpoint = await Checkpoint.open(folder);
  return { ...await matchHumpback(checkpoint, name), variables: checkpoint.variables };
}
