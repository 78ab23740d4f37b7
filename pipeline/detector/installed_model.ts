import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { MegapteraError } from "../../core/mod.ts";
import { writeWhole } from "../places/mod.ts";
import { buildNetwork } from "./engine/mod.ts";
import { MEL_BANDS } from "./front_end/mod.ts";
import type { NamedModel } from "./saved_model/mod.ts";

const vector = z.array(z.number()).length(MEL_BANDS);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const recordSchema = z.object({
  format: z.literal("megaptera-model/2"),
  name: z.string(),
  /** Place that it was taken from, and the archive's SHA-256 (none for a folder). */
  source: z.string(),
  archiveSha256: sha256.nullable(),
  weightsSha256: sha256,
  /** Hash of the converted network's file. */
  networkSha256: sha256,
  classNames: z.array(z.string()).min(1),
  /** Geometry that it claims, and that was held to the detector's, in words. */
  held: z.string(),
  pcen: z.strictObject({ alpha: vector, delta: vector, root: vector, smoothing: z.number() }),
  /** Groups of blocks: the width that each group gives out. */
  blocks: z.array(z.array(z.int().positive())),
  variables: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int()) })),
});

/** Record of an installed model, kept beside its converted network. */
export type ModelRecord = z.infer<typeof recordSchema>;

const recordPath = (folder: string): string => join(folder, "model.json");
const networkPath = (folder: string): string => join(folder, "network.onnx");

/**
 * Converts a model once into what the engine loads fastest, a `.onnx` file that it loads by path.
 *
 * @param model The model as read.
 * @param about Its name and where it came from.
 * @param folder Where it is to be; what lies there is replaced file by file.
 * @returns What was recorded.
 */
export async function installModel(
  model: NamedModel,
  about: Pick<ModelRecord, "name" | "source" | "archiveSha256">,
  folder: string,
): Promise<ModelRecord> {
  const network = buildNetwork(model);
  const { alpha, delta, root, smoothing } = model.pcen;
  const record: ModelRecord = {
    format: "megaptera-model/2",
    ...about,
    weightsSha256: model.weightsSha256,
    networkSha256: createHash("sha256").update(network).digest("hex"),
    classNames: [...model.classNames],
    held: model.held,
    pcen: { alpha: [...alpha], delta: [...delta], root: [...root], smoothing },
    blocks: model.groups.map((group) => group.map(({ main }) => main[2].kernelShape[3])),
    variables: model.variables.map(({ fullName, shape }) => ({
      name: fullName,
      shape: [...shape],
    })),
  };
  // The record last, and nothing removed before: others may be loading it, or installing the same.
  await writeWhole(networkPath(folder), network);
  await writeWhole(recordPath(folder), JSON.stringify(record, undefined, 1) + "\n");
  return record;
}

/**
 * Reads the record of an installed model.
 *
 * @param folder Where it was installed.
 * @returns Its record and its network's path; nothing where none is installed.
 * @throws {MegapteraError} `configuration` where what lies there is not whole.
 */
export async function readInstalledModel(
  folder: string,
): Promise<{ record: ModelRecord; networkPath: string } | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(recordPath(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const broken = (what: string, cause?: unknown): MegapteraError =>
    new MegapteraError(
      "configuration",
      `Cannot use the detector installed in ${folder} as ${what}: install it again with ` +
        "`megaptera model install`.",
      { cause },
    );
  let record: ModelRecord;
  try {
    const { format } = z.object({ format: z.string() }).parse(JSON.parse(text));
    if (format === "megaptera-model/1") {
      throw broken("an earlier version installed it, which did not check for what audio it is");
    }
    record = recordSchema.parse(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof MegapteraError) throw cause;
    throw broken("its model.json is damaged", cause);
  }
  const found = await hashFile(networkPath(folder)).catch((cause) => {
    throw broken("its network.onnx can't be read", cause);
  });
  if (found !== record.networkSha256) {
    throw broken(`its network.onnx is damaged (SHA-256 ${found.slice(0, 12)}… was found)`);
  }
  return { record, networkPath: networkPath(folder) };
}

/** Hashes a file by SHA-256, hex, read in pieces. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  const piece = new Uint8Array(1 << 20);
  for (let count = await file.read(piece); count !== null; count = await file.read(piece)) {
    hash.update(piece.subarray(0, count));
  }
  return hash.digest("hex");
}
