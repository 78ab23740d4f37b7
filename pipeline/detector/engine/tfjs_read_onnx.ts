import { PbfReader } from "pbf";
import type { FoldedConv } from "./fold_batch_norm.ts";
import type { FoldedBlock, FoldedNetwork } from "./tfjs_folded_network.ts";

// Field numbers are those of onnx.proto3 (ONNX 1.17), as in network/onnx_graph.ts.
interface Tensor {
  name: string;
  shape: number[];
  bytes: Uint8Array;
}

interface Node {
  operator: string;
  inputs: string[];
  /** Along time; 1 where the operator has none. */
  stride: number;
}

interface Graph {
  nodes: Node[];
  tensors: Map<string, Tensor>;
}

const AFTER_BLOCKS = ["GlobalAveragePool", "Flatten", "Gemm", "Sigmoid"];

/**
 * Reads a network back from the ONNX model that `buildNetwork` made of it, as an installed detector
 * keeps no other copy of its weights.
 *
 * @param bytes The `.onnx` file's bytes.
 * @returns The same network; its weights are copies.
 * @throws {TypeError} Where the layers are not those that `buildNetwork` writes.
 */
export function readOnnxNetwork(bytes: Uint8Array): FoldedNetwork {
  const graph: Graph = { nodes: [], tensors: new Map() };
  new PbfReader(bytes).readFields((field, result, reader) => {
    if (field === 7) reader.readMessage(readGraph, result);
  }, graph);
  let at = 0;
  const take = (operator: string): Node => {
    const node = graph.nodes[at++];
    if (node?.operator === operator) return node;
    throw new TypeError(`Layer ${at} is ${node?.operator ?? "missing"} instead of ${operator}`);
  };
  const takeConv = (after: readonly string[]): FoldedConv => {
    const { inputs } = take("Conv");
    after.forEach(take);
    const { shape, bytes } = tensorOf(graph, inputs[1]);
    const bias = floats(tensorOf(graph, inputs[2]).bytes);
    return { shape: shape as FoldedConv["shape"], weights: floats(bytes), bias };
  };
  const stem = takeConv(["Relu", "MaxPool"]);
  const blocks: FoldedBlock[] = [];
  while (graph.nodes[at]?.operator === "Conv") {
    const stride = graph.nodes[at].stride as 1 | 2;
    const main = [takeConv(["Relu"]), takeConv(["Relu"]), takeConv([])] as const;
    const residual = graph.nodes[at]?.operator === "Conv" ? { residual: takeConv([]) } : {};
    ["Add", "Relu"].forEach(take);
    blocks.push({ stride, ...residual, main });
  }
  const [, , { inputs }] = AFTER_BLOCKS.map(take);
  const kernel = tensorOf(graph, inputs[1]);
  const bias = floats(tensorOf(graph, inputs[2]).bytes);
  const kernelShape = kernel.shape as [number, number];
  return { stem, blocks, dense: { kernel: floats(kernel.bytes), kernelShape, bias } };
}

function tensorOf({ tensors }: Graph, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new TypeError(`The network has no constant ${name}`);
  return tensor;
}

/** Reads bytes as floats. They are copied, as they need not start at a multiple of four bytes. */
function floats(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function readGraph(field: number, { nodes, tensors }: Graph, reader: PbfReader): void {
  if (field === 1) {
    nodes.push(reader.readMessage(readNode, { operator: "", inputs: [], stride: 1 }));
  } else if (field === 5) {
    const tensor: Tensor = { name: "", shape: [], bytes: new Uint8Array(0) };
    tensors.set(reader.readMessage(readTensor, tensor).name, tensor);
  }
}

function readNode(field: number, node: Node, reader: PbfReader): void {
  if (field === 1) node.inputs.push(reader.readString());
  else if (field === 4) node.operator = reader.readString();
  else if (field === 5) {
    const attribute = reader.readMessage(readAttribute, { name: "", values: [] as number[] });
    if (attribute.name === "strides") node.stride = attribute.values[0];
  }
}

function readAttribute(
  field: number,
  attribute: { name: string; values: number[] },
  reader: PbfReader,
): void {
  if (field === 1) attribute.name = reader.readString();
  else if (field === 8) attribute.values.push(reader.readVarint());
}

function readTensor(field: number, tensor: Tensor, reader: PbfReader): void {
  if (field === 1) tensor.shape.push(reader.readVarint());
  else if (field === 8) tensor.name = reader.readString();
  else if (field === 9) tensor.bytes = reader.readBytes();
}
