import { PbfReader } from "pbf";

/** Kinds of messages of onnx.proto3 (ONNX 1.17) that tensors lie in, and in which of their fields. */
const FIELDS = {
  model: { 7: "graph", 20: "training", 25: "function" },
  training: { 1: "graph", 2: "graph" },
  graph: { 1: "node", 5: "tensor", 15: "sparse" },
  function: { 7: "node", 11: "attribute" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
  sparse: { 1: "tensor", 2: "tensor" },
  tensor: {},
} as const;

type Kind = keyof typeof FIELDS;

/** Of a tensor: where its values lie, 0 within the file. */
const DATA_LOCATION = 14;
/** How protocol buffers write integers, and messages. */
const VARINT = 0;
const BYTES = 2;

/**
 * Tells whether an ONNX model keeps any values in another file: its weights, or the constants of its
 * nodes, also in the branches of an `If`, the body of a `Loop`, or a function.
 *
 * @param bytes The `.onnx` file's bytes.
 * @returns Whether any lie elsewhere.
 * @throws {Error} Where it is no ONNX model, or can't be looked through.
 */
export function hasWeightsElsewhere(bytes: Uint8Array): boolean {
  const found = { elsewhere: false };
  read(new PbfReader(bytes), "model", bytes.length, found);
  return found.elsewhere;
}

/** Reads a message up to its end, and those within it. */
function read(reader: PbfReader, kind: Kind, end: number, found: { elsewhere: boolean }): void {
  const fields: Readonly<Record<number, Kind>> = FIELDS[kind];
  reader.readFields(
    (field) => {
      if (kind === "tensor" && field === DATA_LOCATION && reader.type === VARINT) {
        if (reader.readVarint() !== 0) found.elsewhere = true;
      } else if (field in fields && reader.type === BYTES) {
        const innerEnd = reader.readVarint() + reader.pos;
        if (innerEnd > end) throw new RangeError("A message reaches past the one that it lies in");
        read(reader, fields[field], innerEnd, found);
      }
    },
    undefined,
    end,
  );
  if (reader.pos !== end) throw new RangeError("A message ends within a field");
}
