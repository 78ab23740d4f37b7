import { dirname, join } from "node:path";
import { PbfWriter } from "pbf";
import { crc32c, maskCrc32c } from "../../../../pipeline/detector/saved_model/bytes.ts";
import { FAMILY, metadataGraph, writeGraph } from "./write_graph.ts";
import { type TableOptions, u32, varint, writeTable } from "./write_table.ts";

/** A variable to be written. */
export interface TestVariable {
  key: string;
  fullName: string;
  shape: number[];
  values: Float32Array | BigInt64Array;
}

/** How a checkpoint is written. */
export interface CheckpointOptions extends TableOptions {
  /** Data files to spread the variables over (1). */
  shards?: number;
  bigEndian?: boolean;
  /** Marks all entries as stored in slices. */
  sliced?: boolean;
  /** Leaves the object graph out. */
  noGraph?: boolean;
  /** Changes the object graph before it is sealed with a right checksum. */
  editGraph?: (graph: Uint8Array) => Uint8Array;
}

interface Stored {
  key: string;
  dtype: number;
  shape: number[];
  bytes: Uint8Array;
  checksum: number;
}

/** Writes a SavedModel, as TensorFlow does; its graph says for what audio it is. */
export async function writeCheckpoint(
  folder: string,
  variables: readonly TestVariable[],
  options: CheckpointOptions = {},
): Promise<void> {
  for (const [name, bytes] of checkpointFiles(variables, options)) {
    await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
    await Deno.writeFile(join(folder, name), bytes);
  }
}

/** The same as files in memory: name → bytes. */
export function checkpointFiles(
  variables: readonly TestVariable[],
  options: CheckpointOptions = {},
): Map<string, Uint8Array<ArrayBuffer>> {
  const { shards = 1 } = options;
  const stored = variables.map(storeNumbers);
  if (!options.noGraph) stored.push(storeGraph(variables, options));
  stored.sort((a, b) => a.key < b.key ? -1 : 1);
  const data = Array.from({ length: shards }, () => ({ parts: [] as Uint8Array[], length: 0 }));
  const header = encode((pbf) => {
    pbf.writeVarintField(1, shards);
    if (options.bigEndian) pbf.writeVarintField(2, 1);
    pbf.writeMessage(3, (_, version) => version.writeVarintField(1, 1), undefined);
  });
  const entries: [Uint8Array, Uint8Array][] = [[new Uint8Array(0), header]];
  stored.forEach((tensor, i) => {
    const shard = i % shards;
    const entry = encodeEntry(tensor, shard, data[shard].length, options.sliced === true);
    entries.push([new TextEncoder().encode(tensor.key), entry]);
    data[shard].parts.push(tensor.bytes);
    data[shard].length += tensor.bytes.length;
  });
  const files = new Map([
    ["saved_model.pb", writeGraph(metadataGraph(FAMILY))],
    ["variables/variables.index", writeTable(entries, options)],
  ]);
  const digits = (value: number): string => String(value).padStart(5, "0");
  data.forEach(({ parts, length }, shard) => {
    const name = `variables/variables.data-${digits(shard)}-of-${digits(shards)}`;
    const bytes = new Uint8Array(length);
    parts.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
    files.set(name, bytes);
  });
  return files;
}

function storeNumbers({ key, shape, values }: TestVariable): Stored {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const dtype = values instanceof Float32Array ? 1 : 9;
  return { key, dtype, shape, bytes, checksum: maskCrc32c(crc32c(bytes)) };
}

/** A string tensor: length, masked checksum of the length as four bytes, string. */
function storeGraph(variables: readonly TestVariable[], options: CheckpointOptions): Stored {
  const graph = (options.editGraph ?? ((bytes) => bytes))(encodeGraph(variables));
  const lengthCrc = crc32c(Uint8Array.from(u32(graph.length)));
  const lengthChecksum = u32(maskCrc32c(lengthCrc));
  const checksum = crc32c(graph, crc32c(Uint8Array.from(lengthChecksum), lengthCrc));
  return {
    key: "_CHECKPOINTABLE_OBJECT_GRAPH",
    dtype: 7,
    shape: [],
    bytes: Uint8Array.from([...varint(graph.length), ...lengthChecksum, ...graph]),
    checksum: maskCrc32c(checksum),
  };
}

function encodeGraph(variables: readonly TestVariable[]): Uint8Array {
  return encode((pbf) => {
    const writeChild = (index: number, child: PbfWriter): void => {
      child.writeVarintField(1, index + 1);
      child.writeStringField(2, String(index));
    };
    pbf.writeMessage(1, (_, root) => {
      variables.forEach((_, index) => root.writeMessage(1, writeChild, index));
    }, undefined);
    for (const { key, fullName } of variables) {
      pbf.writeMessage(1, (_, node) =>
        node.writeMessage(2, (_, attribute) => {
          attribute.writeStringField(1, "VARIABLE_VALUE");
          attribute.writeStringField(2, fullName);
          attribute.writeStringField(3, key);
        }, undefined), undefined);
    }
  });
}

function encodeEntry(tensor: Stored, shard: number, offset: number, sliced: boolean): Uint8Array {
  return encode((pbf) => {
    pbf.writeVarintField(1, tensor.dtype);
    pbf.writeMessage(2, (_, shape) => {
      for (const length of tensor.shape) {
        shape.writeMessage(2, (_, axis) => axis.writeVarintField(1, length), undefined);
      }
    }, undefined);
    if (shard) pbf.writeVarintField(3, shard);
    if (offset) pbf.writeVarintField(4, offset);
    pbf.writeVarintField(5, tensor.bytes.length);
    pbf.writeFixed32Field(6, tensor.checksum);
    if (sliced) pbf.writeMessage(7, () => {}, undefined);
  });
}

function encode(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}
