import { join } from "node:path";
import { MegapteraError } from "../../../core/mod.ts";
import { DETECTOR_SAMPLE_RATE_HZ } from "../front_end/mod.ts";
import { holdToFamily, readClaims, saysRate } from "./geometry_claims.ts";
import { matchHumpback } from "./match_humpback.ts";
import { openCheckpoint } from "./open_checkpoint.ts";
import { readHumpback, type SavedModel } from "./read_humpback.ts";
import { unpackSavedModel } from "./unpack_saved_model.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

/** A detector as read from its SavedModel, with the names of its classes. */
export interface NamedModel extends SavedModel {
  /** Names of its classes, as its metadata gives them. */
  readonly classNames: readonly string[];
  /** Geometry that it claims, and that was held to the family's, in words. */
  readonly held: string;
  /** Sentence that must go with its results. */
  readonly notice?: string;
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
  if (isFolder) return await readFolder(await modelFolder(path));
  return await readArchive(path);
}

/**
 * Finds the model's folder: the one given, or the one model's in it, as an archive often unpacks
 * into a folder more.
 */
async function modelFolder(path: string): Promise<string> {
  const isModel = (folder: string): Promise<boolean> =>
    Deno.stat(join(folder, "saved_model.pb")).then((info) => info.isFile, () => false);
  if (await isModel(path)) return path;
  const inside: string[] = [];
  for await (const { name } of Deno.readDir(path)) {
    if (await isModel(join(path, name))) inside.push(name);
  }
  if (inside.length < 2) return join(path, ...inside);
  const names = inside.sort().slice(0, 3).map(quoted).join(", ");
  throw unreadableModel(path, `it holds several models, ${names}: give one's folder`);
}

/** Class that a model of this family with one class hears, where it does not say. */
const FAMILY_CLASS = "Mn";

async function readFolder(folder: string): Promise<NamedModel> {
  const checkpoint = await openCheckpoint(folder);
  const [featureCount, classCount] = matchHumpback(checkpoint).dense.kernel.shape;
  const claims = await readClaims(folder, featureCount);
  const held = holdToFamily(claims, folder);
  const wrong = claims.classNames.find(({ length }) => length !== classCount);
  if (wrong) {
    throw unreadableModel(
      folder,
      `its metadata names ${wrong.length} classes and its network has ${classCount}`,
    );
  }
  const numbered = Array.from({ length: classCount }, (_, i) => `class ${i}`);
  const [classNames = classCount === 1 ? [FAMILY_CLASS] : numbered] = claims.classNames;
  const notice = `nothing in it says the sample rate: ${DETECTOR_SAMPLE_RATE_HZ} Hz was taken`;
  const model = { ...await readHumpback(checkpoint), classNames, held };
  return saysRate(claims.claims) ? model : { ...model, notice };
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
