import { join } from "node:path";
import { PbfReader } from "pbf";
import { openFileSource } from "../../recording/file_source.ts";

/** What a SavedModel says of itself by its `metadata` signature. */
export interface ModelMetadata {
  readonly sampleRateHz: number;
  readonly windowSamples: number;
  readonly classNames: readonly string[];
}

interface Node {
  name: string;
  input: string;
  numbers: number[];
  strings: string[];
}

interface TensorFlowFunction {
  name: string;
  outputs: string[];
  returns: Map<string, string>;
  nodes: Map<string, Node>;
}

/** A model's graph is a megabyte or so. */
const MAX_GRAPH_BYTES = 64 * 2 ** 20;

/**
 * Reads what the released model's `metadata()` returns, from the constants in its graph.
 *
 * TensorFlow returns a dictionary in the order of its keys, which are `class_names`,
 * `context_width_samples` and `input_sample_rate`.
 *
 * @param folder A SavedModel's folder.
 * @returns The metadata; nothing where the model has no graph, or says it in another way.
 */
export async function readMetadata(folder: string): Promise<ModelMetadata | undefined> {
  const path = join(folder, "saved_model.pb");
  const size = await Deno.stat(path).then((info) => info.size, () => undefined);
  if (size === undefined || size > MAX_GRAPH_BYTES) return undefined;
  const source = await openFileSource(path);
  try {
    return metadataOf(await source.read(0, size));
  } finally {
    source.close();
  }
}

function metadataOf(savedModel: Uint8Array): ModelMetadata | undefined {
  let functions: TensorFlowFunction[];
  try {
    functions = readFunctions(savedModel);
  } catch {
    return undefined; // its weights decide, and are verified; the graph is only asked for names
  }
  for (const made of functions) {
    if (!/^__inference_metadata_\d+$/.test(made.name) || made.outputs.length !== 3) continue;
    const [names, width, rate] = made.outputs.map((output) => constantOf(made, output));
    if (!names || names.strings.length === 0 || !width || !rate) continue;
    return {
      sampleRateHz: rate.numbers[0],
      windowSamples: width.numbers[0],
      classNames: names.strings,
    };
  }
  return undefined;
}

/** The constant that an output passes on. */
function constantOf(made: TensorFlowFunction, output: string): Node | undefined {
  const nodeOf = (tensor: string): Node | undefined => made.nodes.get(tensor.split(":")[0]);
  let node = nodeOf(made.returns.get(output) ?? "");
  for (let hops = 0; node && node.input !== "" && hops < 8; hops++) node = nodeOf(node.input);
  return node;
}

// Field numbers are those of TensorFlow's saved_model, meta_graph, graph, function, op_def, node_def,
// attr_value and tensor protos.
function readFunctions(bytes: Uint8Array): TensorFlowFunction[] {
  const functions: TensorFlowFunction[] = [];
  const inside = (pbf: PbfReader, wanted: number, read: (inner: PbfReader) => void): void => {
    pbf.readMessage((tag, _, inner) => {
      if (tag === wanted) read(inner);
    }, undefined);
  };
  new PbfReader(bytes).readFields((tag, _, savedModel) => {
    if (tag !== 2) return; // meta_graphs
    inside(savedModel, 2, (metaGraph) =>
      // graph_def
      inside(metaGraph, 2, (graph) =>
        // library
        inside(graph, 1, (library) => functions.push(readFunction(library)))));
  }, undefined);
  return functions;
}

function readFunction(library: PbfReader): TensorFlowFunction {
  const made: TensorFlowFunction = { name: "", outputs: [], returns: new Map(), nodes: new Map() };
  return library.readMessage((tag, result, pbf) => {
    if (tag === 1) { // signature
      pbf.readMessage((field, _, signature) => {
        if (field === 1) result.name = signature.readString();
        else if (field === 3) result.outputs.push(readEntry(signature).key);
      }, undefined);
    } else if (tag === 3) {
      const node = readNode(pbf);
      result.nodes.set(node.name, node);
    } else if (tag === 4) {
      const { key, value } = readEntry(pbf);
      result.returns.set(key, value);
    }
  }, made);
}

/** The first two fields of a message, as strings: a map's entry, or an argument's name. */
function readEntry(pbf: PbfReader): { key: string; value: string } {
  return pbf.readMessage((tag, entry, inner) => {
    if (tag === 1) entry.key = inner.readString();
    else if (tag === 2) entry.value = inner.readString();
  }, { key: "", value: "" });
}

function readNode(pbf: PbfReader): Node {
  return pbf.readMessage((tag, node: Node, inner) => {
    if (tag === 1) node.name = inner.readString();
    else if (tag === 3) node.input ||= inner.readString();
    else if (tag === 5) readAttribute(inner, node);
  }, { name: "", input: "", numbers: [], strings: [] });
}

/** An attribute's tensor: its whole numbers and strings. */
function readAttribute(pbf: PbfReader, node: Node): void {
  pbf.readMessage((entryTag, _, entry) => {
    if (entryTag !== 2) return;
    entry.readMessage((valueTag, __, value) => {
      if (valueTag !== 8) return;
      value.readMessage((tag, ___, tensor) => {
        if (tag === 7 || tag === 10) tensor.readPackedVarint(node.numbers, true);
        else if (tag === 8) node.strings.push(tensor.readString());
      }, undefined);
    }, undefined);
  }, undefined);
}
