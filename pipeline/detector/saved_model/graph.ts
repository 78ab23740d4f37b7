import type { PbfReader } from "pbf";
import { decodeMessage, type FieldReader } from "./messages.ts";
import { unreadableModel } from "./unreadable_model.ts";

// Field numbers are those of TensorFlow's saved_model, meta_graph, saved_object_graph, struct, graph,
// function, op_def, node_def, attr_value and tensor_shape protos.

/** A node of a graph, as far as constants are followed through it. */
export interface Node {
  name: string;
  /** Operation, for example `Const` or `StatefulPartitionedCall`. */
  op: string;
  /** Tensors that it takes: `node`, `node:2` or `node:output:2`. */
  inputs: string[];
  /** A constant's value, an encoded `TensorProto`. */
  value?: Uint8Array | undefined;
  /** Number of the type that a `Cast` gives. */
  castTo?: number | undefined;
  /** Name of the function that a `PartitionedCall` calls. */
  calls?: string | undefined;
}

/** A function of a graph's library; the graph itself is one without a name. */
export interface GraphFunction {
  name: string;
  /** Names of its arguments and of what it gives back, in order. */
  inputs: string[];
  outputs: string[];
  /** Output → the tensor that is given back. */
  returns: Map<string, string>;
  nodes: Map<string, Node>;
}

/** Facts of a tensor that a signature tells. */
export interface TensorInfo {
  /** The tensor's name in the graph. */
  tensor: string;
  /** Number of its type. */
  dtype: number;
  /** Lengths, −1 where one is free; nothing where not even their number is fixed. */
  shape: number[] | undefined;
}

/** A signature: names of inputs and outputs → tensors of the graph. */
export interface Signature {
  inputs: Map<string, TensorInfo>;
  outputs: Map<string, TensorInfo>;
}

/** One graph of a SavedModel: most have just one. */
export interface Graph {
  main: GraphFunction;
  functions: Map<string, GraphFunction>;
  signatures: Map<string, Signature>;
  /** Names that a method's results have in Python, in the order of the function's outputs. */
  results: Map<string, string[]>;
}

/** Far over what networks have; keeps a hostile graph from filling memory. */
const MAX_PARTS = 2_000_000;

/**
 * Reads the graphs of a SavedModel: signatures, nodes and functions.
 *
 * @param bytes What `saved_model.pb` holds.
 * @param path The file, for the fault's sentence.
 * @returns Its graphs.
 * @throws {MegapteraError} `data` where it is no such message or too large.
 */
export function readGraphs(bytes: Uint8Array, path: string): Graph[] {
  let parts = 0;
  /** Counts what is kept. */
  const counted = <Part>(part: Part): Part => {
    if (++parts > MAX_PARTS) throw unreadableModel(path, "its graph is too large");
    return part;
  };

  const readNode: FieldReader<Node> = (field, node, pbf) => {
    if (field === 1) node.name = pbf.readString();
    else if (field === 2) node.op = pbf.readString();
    else if (field === 3) {
      const input = counted(pbf.readString());
      if (!input.startsWith("^")) node.inputs.push(input); // what only has to run before
    } else if (field === 5) {
      const { key, value } = readEntry<Attribute>(
        pbf,
        {},
        (entry) => entry.readMessage(readAttribute, {}),
      );
      if (key === "value") node.value = value.tensor;
      else if (key === "DstT") node.castTo = value.type;
      else if (key === "f") node.calls = value.calls;
    }
  };
  const addNode = (made: GraphFunction, pbf: PbfReader): void => {
    const node = pbf.readMessage(readNode, counted<Node>({ name: "", op: "", inputs: [] }));
    made.nodes.set(node.name, node);
  };
  const readFunction: FieldReader<GraphFunction> = (field, made, pbf) => {
    if (field === 1) {
      pbf.readMessage((tag, _, signature) => {
        if (tag === 1) made.name = signature.readString();
        else if (tag === 2) made.inputs.push(counted(readName(signature)));
        else if (tag === 3) made.outputs.push(counted(readName(signature)));
      }, undefined);
    } else if (field === 3) addNode(made, pbf);
    else if (field === 4) {
      const { key, value } = readEntry(pbf, "", (entry) => entry.readString());
      made.returns.set(counted(key), value);
    }
  };
  const readGraphDef: FieldReader<Graph> = (field, graph, pbf) => {
    if (field === 1) addNode(graph.main, pbf);
    else if (field === 2) {
      pbf.readMessage((tag, _, library) => {
        if (tag !== 1) return;
        const made = library.readMessage(readFunction, counted(emptyFunction()));
        graph.functions.set(made.name, made);
      }, undefined);
    }
  };
  const readMetaGraph: FieldReader<Graph> = (field, graph, pbf) => {
    if (field === 2) pbf.readMessage(readGraphDef, graph);
    else if (field === 5) {
      const empty: Signature = { inputs: new Map(), outputs: new Map() };
      const { key, value } = readEntry(
        pbf,
        empty,
        (entry) =>
          entry.readMessage((tag, signature, inner) => {
            if (tag !== 1 && tag !== 2) return;
            const info = readEntry(
              inner,
              noTensor(),
              (tensor) => tensor.readMessage(readTensorInfo, noTensor()),
            );
            signature[tag === 1 ? "inputs" : "outputs"].set(counted(info.key), info.value);
          }, empty),
      );
      graph.signatures.set(key, value);
    } else if (field === 7) {
      pbf.readMessage((tag, _, objects) => {
        if (tag !== 2) return;
        const { key, value } = readEntry<string[]>(
          objects,
          [],
          (entry) =>
            entry.readMessage((inner, names: string[], method) => {
              if (inner === 4) method.readMessage(readStructure, names);
            }, []),
        );
        value.forEach(counted);
        graph.results.set(key, value);
      }, undefined);
    }
  };
  return decodeMessage(
    bytes,
    (field, graphs: Graph[], pbf) => {
      if (field === 2) graphs.push(pbf.readMessage(readMetaGraph, counted(emptyGraph())));
    },
    [],
    path,
  );
}

function emptyFunction(): GraphFunction {
  return { name: "", inputs: [], outputs: [], returns: new Map(), nodes: new Map() };
}

function emptyGraph(): Graph {
  const maps = { functions: new Map(), signatures: new Map(), results: new Map() };
  return { main: emptyFunction(), ...maps };
}

const noTensor = (): TensorInfo => ({ tensor: "", dtype: 0, shape: [] });

/** Reads an entry of a map. */
function readEntry<Value>(
  pbf: PbfReader,
  empty: Value,
  readValue: (entry: PbfReader) => Value,
): { key: string; value: Value } {
  return pbf.readMessage((field, entry, inner) => {
    if (field === 1) entry.key = inner.readString();
    else if (field === 2) entry.value = readValue(inner);
  }, { key: "", value: empty });
}

/** Reads the first field of a message, such as an argument's name. */
function readName(pbf: PbfReader): string {
  return pbf.readMessage((field, name, inner) => {
    if (field === 1) name.text = inner.readString();
  }, { text: "" }).text;
}

/** Part of an `AttrValue` that is needed. */
interface Attribute {
  tensor?: Uint8Array;
  type?: number;
  calls?: string | undefined;
}

const readAttribute: FieldReader<Attribute> = (field, attribute, pbf) => {
  if (field === 8) attribute.tensor = pbf.readBytes();
  else if (field === 6) attribute.type = pbf.readVarint();
  else if (field === 10) attribute.calls = readName(pbf);
};

const readTensorInfo: FieldReader<TensorInfo> = (field, info, pbf) => {
  if (field === 1) info.tensor = pbf.readString();
  else if (field === 2) info.dtype = pbf.readVarint();
  else if (field === 3) info.shape = readShape(pbf);
};

/** Reads a `TensorShapeProto`; nothing where the number of its lengths is free. */
export function readShape(pbf: PbfReader): number[] | undefined {
  const { lengths, isFree } = pbf.readMessage((field, shape, inner) => {
    if (field === 2) {
      const axis = inner.readMessage((tag, one, size) => {
        if (tag === 1) one.size = size.readVarint(true);
      }, { size: 0 });
      shape.lengths.push(axis.size);
    } else if (field === 3) shape.isFree = inner.readBoolean();
  }, { lengths: [] as number[], isFree: false });
  return isFree ? undefined : lengths;
}

/**
 * Collects the names of a `StructuredValue`'s tensors as TensorFlow flattens it: dictionaries by
 * their keys in order. A tensor without a key has no name.
 */
const readStructure: FieldReader<string[]> = (field, names, pbf) => {
  if (field === 33 || field === 35) names.push(""); // a tensor
  else if (field === 51 || field === 52) { // a list or a tuple
    pbf.readMessage((tag, _, list) => {
      if (tag === 1) list.readMessage(readStructure, names);
    }, undefined);
  } else if (field === 53 || field === 54) { // a dictionary, or a tuple with names
    const parts: { key: string; value: string[] }[] = [];
    pbf.readMessage((tag, _, inner) => {
      if (tag !== field - 52) return;
      parts.push(readEntry<string[]>(inner, [], (entry) => entry.readMessage(readStructure, [])));
    }, undefined);
    if (field === 53) parts.sort((a, b) => a.key < b.key ? -1 : 1);
    for (const { key, value } of parts) names.push(...value.map((name) => name || key));
  }
};
