import { decodeMessage, type FieldReader } from "./decode_message.ts";

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
