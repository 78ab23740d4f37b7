import { PbfReader } from "pbf";

/** Numbers of TensorFlow's DataType that a detector's checkpoint holds. */
export const DATA_TYPE = { float32: 1, string: 7 } as const;

/** Where a tensor lies: TensorFlow's BundleEntryProto. */
export interface BundleEntry {
  dataType: number;
  shape: number[];
  shard: number;
  offset: number;
  size: number;
  /** Masked CRC-32C of the tensor's bytes. */
  crc: number;
  /** Whether the tensor is stored in pieces. */
  sliced: boolean;
}

/** Reads a BundleHeaderProto: how many data files there are, and whether numbers are big-endian. */
export function readBundleHeader(bytes: Uint8Array): { shards: number; bigEndian: boolean } {
  return new PbfReader(bytes).readFields((tag, header, pbf) => {
    if (tag === 1) header.shards = pbf.readVarint();
    else if (tag === 2) header.bigEndian = pbf.readVarint() !== 0;
  }, { shards: 1, bigEndian: false as boolean });
}

/** Reads a BundleEntryProto. */
export function readBundleEntry(bytes: Uint8Array): BundleEntry {
  const entry: BundleEntry = {
    dataType: 0,
    shape: [],
    shard: 0,
    offset: 0,
    size: 0,
    crc: 0,
    sliced: false,
  };
  return new PbfReader(bytes).readFields((tag, entry, pbf) => {
    if (tag === 1) entry.dataType = pbf.readVarint();
    else if (tag === 2) entry.shape = readShape(pbf);
    else if (tag === 3) entry.shard = pbf.readVarint();
    else if (tag === 4) entry.offset = pbf.readVarint();
    else if (tag === 5) entry.size = pbf.readVarint();
    else if (tag === 6) entry.crc = pbf.readFixed32();
    else if (tag === 7) entry.sliced = true;
  }, entry);
}

/** TensorShapeProto: `repeated Dim dim = 2`, each `int64 size = 1`. */
function readShape(pbf: PbfReader): number[] {
  return pbf.readMessage((tag, shape: number[], inner) => {
    if (tag === 2) {
      shape.push(
        inner.readMessage((dimTag, dim, dimension) => {
          if (dimTag === 1) dim.size = dimension.readVarint(true);
        }, { size: 0 }).size,
      );
    }
  }, []);
}

/**
 * Full names of a checkpoint's variables, from its TrackableObjectGraph:
 * `repeated TrackableObject nodes = 1`, each `repeated SerializedTensor attributes = 2`, each
 * `string full_name = 2; string checkpoint_key = 3`.
 *
 * @returns Full name by checkpoint key.
 */
export function readFullNames(bytes: Uint8Array): Map<string, string> {
  return new PbfReader(bytes).readFields((tag, names, graph) => {
    if (tag !== 1) return;
    graph.readMessage((nodeTag, _, node) => {
      if (nodeTag !== 2) return;
      const attribute = node.readMessage((attributeTag, found, pbf) => {
        if (attributeTag === 2) found.fullName = pbf.readString();
        else if (attributeTag === 3) found.key = pbf.readString();
      }, { fullName: "", key: "" });
      names.set(attribute.key, attribute.fullName);
    }, undefined);
  }, new Map<string, string>());
}
