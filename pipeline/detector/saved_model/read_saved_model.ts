import { join } from "node:path";
import { MegapteraError } from "../../errors.ts";
import { openCheckpoint } from "./open_checkpoint.ts";
import { DETECTOR_SAMPLE_RATE_HZ, WINDOW_SAMPLES } from "../front_end/mod.ts";
import { readHumpback, type SavedModel } from "./read_humpback.ts";
import { type ModelMetadata, readMetadata } from "./read_metadata.ts";
import { unreadableModel } from "./unreadable_model.ts";
import { unpackSavedModel } from "./unpack_saved_model.ts";

/** A detector as read from its SavedModel, with the names of its classes. */
export interface NamedModel extends SavedModel {
  /** As its metadata gives them. */
  readonly classNames: readonly string[];
}

/**
 * Reads a detector of the humpback family straight from its TensorFlow SavedModel.
 *
 * @param path The SavedModel's folder, or its `.tar.gz` archive, which is unpacked into a temporary
 * folder that is removed afterwards.
 * @returns Its weights by what they do, their SHA-256, and its variables.
 * @throws {MegapteraError} `data` where it is damaged or no detector of this family.
 */
export async function readSavedModel(path: string): Promise<NamedModel> {
  const isFolder = await Deno.stat(path).then((info) => info.isDirectory, () => false);
  if (isFolder) return await readFolder(path);
  return await readArchive(path);
}

/** What a model of this family with one class hears, where it does not say. */
const FAMILY_CLASS = "Mn";

async function readFolder(folder: string): Promise<NamedModel> {
  const model = await readHumpback(await openCheckpoint(folder));
  const metadata = await readMetadata(folder);
  if (metadata) checkMetadata(folder, model, metadata);
  const numbered = Array.from({ length: model.classCount }, (_, i) => `class ${i}`);
  const unnamed = model.classCount === 1 ? [FAMILY_CLASS] : numbered;
  return { ...model, classNames: metadata?.classNames ?? unnamed };
}

/** The front end's constants are the family's: a model that asks for others is of another. */
function checkMetadata(folder: string, model: SavedModel, metadata: ModelMetadata): void {
  const { sampleRateHz, windowSamples, classNames } = metadata;
  const fits = sampleRateHz === DETECTOR_SAMPLE_RATE_HZ && windowSamples === WINDOW_SAMPLES &&
    classNames.length === model.classCount;
  if (fits) return;
  const found = `${sampleRateHz} Hz, ${windowSamples} samples, ${classNames.length} classes`;
  const expected = `${DETECTOR_SAMPLE_RATE_HZ} Hz, ${WINDOW_SAMPLES} samples, ${model.classCount}`;
  throw unreadableModel(
    folder,
    `its metadata is not that of the humpback family: ${found} instead of ${expected}`,
  );
}

async function readArchive(path: string): Promise<NamedModel> {
  const temporary = await Deno.makeTempDir({ prefix: "megaptera-model-" });
  const folder = join(temporary, "model");
  try {
    await unpackSavedModel(path, folder);
    return await readFolder(folder);
  } catch (error) {
    if (!(error instanceof MegapteraError)) throw error;
    // The user knows the archive, and the folder is gone by now.
    throw new MegapteraError(error.kind, error.message.replaceAll(folder, path), { cause: error });
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}
