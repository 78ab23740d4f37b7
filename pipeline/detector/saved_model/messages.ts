import { PbfReader } from "pbf";
import { unreadableModel } from "./unreadable_model.ts";

/** Takes one field of a message; fields that it leaves alone are skipped. */
export type FieldReader<T> = (field: number, result: T, reader: PbfReader) => void;

/**
 * Decodes a protocol buffers message.
 *
 * @param bytes The message.
 * @param readField Takes one field into the result.
 * @param result What is filled.
 * @param path The file that it is of, for the fault's sentence.
 * @returns The result.
 * @throws {MegapteraError} `data` where the bytes are no message.
 */
export function decodeMessage<T>(
  bytes: Uint8Array,
  readField: FieldReader<T>,
  result: T,
  path: string,
): T {
  const reader = new PbfReader(bytes);
  let cause: unknown;
  try {
    reader.readFields(readField, result);
    // A length that points beyond the message leaves the reader there.
    if (reader.pos === bytes.length) return result;
  } catch (error) {
    cause = error;
  }
  throw unreadableModel(path, "it is damaged: a message in it can't be decoded", cause);
}

// Field numbers are those of tensorflow/core/protobuf/tensor_bundle.proto and
// tensorflow/core/framework/tensor_shape.proto.

/** Header of a checkpoint's index: `BundleHeaderProto`. */
interface BundleHeader {
  shardCount: number;
  isLittleEndian: boolean;
}

/** Entry of a checkpoint's index, about one tensor: `BundleEntryProto`. */
export interface BundleEntry {
  /** Number of its type in `types.proto`. */
  dtype: number;
  shape: number[];
  shard: number;
  /** First of its bytes in the shard. */
  offset: number;
  size: number;
  /** Masked CRC-32C of its bytes. */
  checksum: number;
  /** Whether it is stored in slices, each an entry of its own. */
  isSliced: boolean;
}

/**
 * Decodes a bundle's header.
 *
 * @param bytes The message.
 * @param path The index file, for the fault's sentence.
 * @returns The header.
 * @throws {MegapteraError} `data` where the bytes are no message.
 */
export function decodeHeader(bytes: Uint8Array, path: string): BundleHeader {
  return decodeMessage(bytes, readHeader, { shardCount: 0, isLittleEndian: true }, path);
}

/**
 * Decodes a tensor's entry.
 *
 * @param bytes The message.
 * @param path The index file, for the fault's sentence.
 * @returns The entry as it says, nothing checked.
 * @throws {MegapteraError} `data` where the bytes are no message.
 */
export function decodeEntry(bytes: Uint8Array, path: string): BundleEntry {
  const entry: BundleEntry = {
    dtype: 0,
    shape: [],
    shard: 0,
    offset: 0,
    size: 0,
    checksum: 0,
    isSliced: false,
  };
  return decodeMessage(bytes, readEntry, entry, path);
}

const readHeader: FieldReader<BundleHeader> = (field, header, reader) => {
  if (field === 1) header.shardCount = reader.readVarint();
  else if (field === 2) header.isLittleEndian = reader.readVarint() === 0;
};

const readEntry: FieldReader<BundleEntry> = (field, entry, reader) => {
  if (field === 1) entry.dtype = reader.readVarint();
  else if (field === 2) reader.readMessage(readShape, entry.shape);
  else if (field === 3) entry.shard = reader.readVarint();
  else if (field === 4) entry.offset = reader.readVarint();
  else if (field === 5) entry.size = reader.readVarint();
  else if (field === 6) entry.checksum = reader.readFixed32();
  else if (field === 7) {
    entry.isSliced = true;
    reader.readBytes();
  }
};

const readShape: FieldReader<number[]> = (field, shape, reader) => {
  if (field === 2) shape.push(reader.readMessage(readAxis, { size: 0 }).size);
};

const readAxis: FieldReader<{ size: number }> = (field, axis, reader) => {
  if (field === 1) axis.size = reader.readVarint(true);
};

/** The entry of a checkpoint's index that holds its object graph. */
export const OBJECT_GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

// Field numbers are those of tensorflow/core/protobuf/trackable_object_graph.proto.
interface Attribute {
  fullName: string;
  key: string;
}

/**
 * Reads the variables' full names out of a checkpoint's object graph: `TrackableObjectGraph`, whose
 * nodes (1) have attributes (2) with a full name (2) and a checkpoint key (3).
 *
 * @param bytes The message.
 * @param path The file that it is of, for the fault's sentence.
 * @returns Checkpoint key → full name, for example `variables/3/.ATTRIBUTES/VARIABLE_VALUE` →
 * `embed/pre_blocks/conv/kernel`.
 * @throws {MegapteraError} `data` where the bytes are no message.
 */
export function readFullNames(bytes: Uint8Array, path: string): Map<string, string> {
  return decodeMessage(bytes, readGraph, new Map<string, string>(), path);
}

const readGraph: FieldReader<Map<string, string>> = (field, names, reader) => {
  if (field === 1) reader.readMessage(readNode, names);
};

const readNode: FieldReader<Map<string, string>> = (field, names, reader) => {
  if (field !== 2) return;
  const { key, fullName } = reader.readMessage(readAttribute, { key: "", fullName: "" });
  if (key && fullName) names.set(key, fullName);
};

const readAttribute: FieldReader<Attribute> = (field, attribute, reader) => {
  if (field === 2) attribute.fullName = reader.readString();
  else if (field === 3) attribute.key = reader.readString();
};
