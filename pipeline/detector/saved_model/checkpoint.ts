import { join } from "node:path";
import { openFileSource } from "../../places/mod.ts";
import { crc32c, maskCrc32c } from "./bytes.ts";
import type { BundleEntry } from "./messages.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

/** TensorFlow's number for 32-bit floats. */
export const FLOAT32 = 1;

/** A variable of a checkpoint. */
export interface Variable {
  /** Place in the checkpoint's object graph. */
  readonly key: string;
  /** Name that the layer gave it that made it, for example `embed/pre_blocks/conv/kernel`. */
  readonly fullName: string;
  /** Number of its type in TensorFlow's `types.proto`; 1 is float32. */
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** Reads the variables of a TensorFlow checkpoint one at a time; its index is read already. */
export class Checkpoint {
  /** The SavedModel's folder. */
  readonly folder: string;
  /** Variables, in the order of their keys. */
  readonly variables: readonly Variable[];
  readonly #entries: ReadonlyMap<string, BundleEntry>;
  readonly #shardCount: number;

  /** Use {@linkcode openCheckpoint}, which checks what is given here. */
  constructor(
    folder: string,
    variables: readonly Variable[],
    entries: ReadonlyMap<string, BundleEntry>,
    shardCount: number,
  ) {
    this.folder = folder;
    this.variables = variables;
    this.#entries = entries;
    this.#shardCount = shardCount;
  }

  /**
   * Reads a variable of 32-bit floats and verifies its checksum.
   *
   * @param key One of the variables' keys.
   * @returns Its values, row by row.
   * @throws {MegapteraError} `data` where the checksum is wrong.
   */
  async read(key: string): Promise<Float32Array<ArrayBuffer>> {
    const entry = this.#entries.get(key);
    if (entry?.dtype !== FLOAT32) throw new RangeError(`There are no floats under ${quoted(key)}`);
    const path = shardPath(this.folder, entry.shard, this.#shardCount);
    const bytes = await readStored(path, entry);
    if (maskCrc32c(crc32c(bytes)) !== entry.checksum) {
      throw unreadableModel(path, `it is damaged: the checksum of ${quoted(key)} is wrong`);
    }
    return new Float32Array(bytes.buffer);
  }
}

/**
 * Reads a tensor's bytes as they are stored.
 *
 * @param path The shard's file.
 * @param entry The tensor's entry in the index.
 * @returns Its bytes, in a buffer of their own.
 * @throws {MegapteraError} `data` where the file is shorter.
 */
export async function readStored(
  path: string,
  { offset, size }: BundleEntry,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = await openFileSource(path);
  try {
    const bytes = await source.read(offset, size);
    if (bytes.length === size) return bytes;
    const end = offset + size;
    throw unreadableModel(path, `it is cut: ${source.sizeBytes} of ${end} bytes or more are there`);
  } finally {
    source.close();
  }
}

/** Names the path of one of a SavedModel's data files. */
export function shardPath(folder: string, shard: number, shardCount: number): string {
  const number = (value: number): string => String(value).padStart(5, "0");
  return join(folder, "variables", `variables.data-${number(shard)}-of-${number(shardCount)}`);
}
