import { decodeMessage, type FieldReader } from "./decode_message.ts";

// Field numbers are those of tensorflow/core/protobuf/tensor_bundle.proto and
// tensorflow/core/framework/tensor_shape.proto.

/** What a checkpoint's index says of the whole: `BundleHeaderProto`. */
export interface BundleHeader {
  shardCount: number;
  isLittleEndian: boolean;
}

/** What a checkpoint's index says of one tensor: `BundleEntryProto`. */
export interface BundleEntry {
  /** Number of its type in `types.proto`. */
  dtype: number;
  shape: number[];
  shard: number;
  /** Where its bytes start in the shard. */
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
