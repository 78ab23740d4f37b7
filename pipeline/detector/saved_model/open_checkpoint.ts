import { join } from "node:path";
import { openFileSource } from "../../places/mod.ts";
import { ByteCursor, crc32c, maskCrc32c } from "./bytes.ts";
import { Checkpoint, readStored, shardPath, type Variable } from "./checkpoint.ts";
import {
  type BundleEntry,
  decodeEntry,
  decodeHeader,
  OBJECT_GRAPH_KEY,
  readFullNames,
} from "./messages.ts";
import { readTable } from "./read_table.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

const MAX_INDEX_BYTES = 16 * 2 ** 20;
const MAX_GRAPH_BYTES = 64 * 2 ** 20;
/** Bytes an element by the type's number, for the types that variables have. */
const ELEMENT_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 4, 9: 8, 10: 1 };
/** Ends a variable's key; before it stands the way to the variable from the root object. */
const KEY_END = "/.ATTRIBUTES/VARIABLE_VALUE";

/**
 * Opens the checkpoint of a SavedModel. Its index is read and verified, and that the data files
 * hold what it says; the graph, `saved_model.pb`, is not needed.
 *
 * @param folder A SavedModel's folder, with `variables/variables.index`.
 * @returns The checkpoint, whose variables have their full names from its object graph.
 * @throws {MegapteraError} `data` where it is damaged or of a kind that is not supported.
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  const path = join(folder, "variables", "variables.index");
  const [header, ...rest] = readTable(await readIndex(path), path);
  if (!header || header.key.length > 0) {
    throw unreadableModel(path, "it is a table but no checkpoint index: it has no header");
  }
  const { shardCount, isLittleEndian } = decodeHeader(header.value, path);
  if (!isLittleEndian) throw unreadableModel(path, "its data are big-endian");
  const entries = new Map<string, BundleEntry>();
  for (const { key, value } of rest) {
    const name = decodeKey(key, path);
    entries.set(name, checkedEntry(name, decodeEntry(value, path), shardCount, path));
  }
  await checkShards(folder, entries, shardCount);
  const names = await readNames(folder, entries.get(OBJECT_GRAPH_KEY), shardCount);
  const variables: Variable[] = [];
  for (const [key, { dtype, shape }] of entries) {
    if (key === OBJECT_GRAPH_KEY) continue;
    const ownName = key.endsWith(KEY_END) ? key.slice(0, -KEY_END.length) : key;
    variables.push({ key, fullName: names.get(key) ?? ownName, dtype, shape });
  }
  return new Checkpoint(folder, variables, entries, shardCount);
}

async function readIndex(path: string): Promise<Uint8Array> {
  const source = await openFileSource(path);
  try {
    if (source.sizeBytes > MAX_INDEX_BYTES) {
      throw unreadableModel(path, `it is too large for an index: ${source.sizeBytes} bytes`);
    }
    return await source.read(0, source.sizeBytes);
  } finally {
    source.close();
  }
}

function decodeKey(key: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(key);
  } catch (cause) {
    throw unreadableModel(path, "it is damaged: a key is not text", cause);
  }
}

function checkedEntry(
  key: string,
  entry: BundleEntry,
  shardCount: number,
  path: string,
): BundleEntry {
  const { dtype, shape, shard, offset, size, isSliced } = entry;
  const wrong = (what: string): Error => unreadableModel(path, `its entry ${quoted(key)} ${what}`);
  if (isSliced) throw wrong("is stored in slices, which is not supported");
  if (shard >= shardCount) throw wrong(`lies in data file ${shard} of ${shardCount}`);
  if (!Number.isSafeInteger(offset + size)) throw wrong("lies beyond any file's end");
  if (shape.some((length) => !Number.isSafeInteger(length) || length < 0)) {
    throw wrong(`has the impossible shape [${shape}]`);
  }
  const expected = (ELEMENT_BYTES[dtype] ?? NaN) * shape.reduce((a, b) => a * b, 1);
  if (expected !== size && !Number.isNaN(expected)) {
    throw wrong(`has ${size} bytes for the shape [${shape}] of ${ELEMENT_BYTES[dtype]} bytes each`);
  }
  return entry;
}

/** Finds a missing or cut data file before anything is read of it. */
async function checkShards(
  folder: string,
  entries: ReadonlyMap<string, BundleEntry>,
  shardCount: number,
): Promise<void> {
  const needs = new Map<number, { end: number; total: number }>();
  for (const { shard, offset, size } of entries.values()) {
    const { end, total } = needs.get(shard) ?? { end: 0, total: 0 };
    needs.set(shard, { end: Math.max(end, offset + size), total: total + size });
  }
  for (const [shard, { end, total }] of needs) {
    const path = shardPath(folder, shard, shardCount);
    const source = await openFileSource(path);
    source.close();
    const bytes = source.sizeBytes;
    if (bytes < end) throw unreadableModel(path, `it is cut: ${bytes} of ${end} bytes are there`);
    // Tensors that overlap would let a small file ask for work without end.
    if (bytes < total) {
      throw unreadableModel(
        path,
        `its ${bytes} bytes can't hold the ${total} bytes of its tensors`,
      );
    }
  }
}

async function readNames(
  folder: string,
  entry: BundleEntry | undefined,
  shardCount: number,
): Promise<Map<string, string>> {
  // Without an object graph the keys are the names.
  if (!entry) return new Map();
  const path = shardPath(folder, entry.shard, shardCount);
  if (entry.size > MAX_GRAPH_BYTES) {
    throw unreadableModel(path, `its object graph is too large: ${entry.size} bytes`);
  }
  return readFullNames(decodeString(await readStored(path, entry), entry.checksum, path), path);
}

/**
 * Decodes a string tensor of one element as TensorFlow stores it: the length as a varint, the
 * masked CRC-32C of the length as four bytes, the string. Its checksum is over the length as four
 * bytes and all that follows the varint (tensorflow/core/util/tensor_bundle/tensor_bundle.cc).
 *
 * @param bytes The tensor as stored.
 * @param checksum The masked CRC-32C that the index gives for it.
 * @param path The file that it is of, for the fault's sentence.
 * @returns The string's bytes, not copied.
 * @throws {MegapteraError} `data` where the lengths or the checksums do not fit.
 */
function decodeString(bytes: Uint8Array, checksum: number, path: string): Uint8Array {
  const cursor = new ByteCursor(bytes, path);
  const length = cursor.varint();
  const lengthChecksum = cursor.take(4);
  const text = cursor.take(length);
  const lengthBytes = new Uint8Array(4);
  new DataView(lengthBytes.buffer).setUint32(0, length, true);
  const crc = crc32c(text, crc32c(lengthChecksum, crc32c(lengthBytes)));
  // The second checksum covers the first one too.
  if (!cursor.isAtEnd || maskCrc32c(crc) !== checksum) {
    throw unreadableModel(path, "it is damaged: the checksum of its object graph is wrong");
  }
  return text;
}
