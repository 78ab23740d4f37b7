import { PbfWriter } from "pbf";
import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { Block, ConvBn, HumpbackWeights } from "../saved_model/mod.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";

/** Names of the network's input and outputs. */
export const NETWORK = {
  windows: "windows",
  features: "features",
  logits: "logits",
  scores: "scores",
} as const;

/**
 * Builds the detector's network as an ONNX model, batch norms folded. Widths and the number of
 * layers are those of the weights, so that the full detector and the demo share it.
 *
 * Input `windows` `[n, 1, 128, 64]` (PCEN, time by mel); outputs `features` `[n, width]`, `logits`
 * and `scores` `[n, classes]`. Layers: docs/detector.md.
 *
 * @param weights The network's variables.
 * @returns The bytes of a `.onnx` file.
 */
export function buildNetwork(weights: HumpbackWeights): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  let x = graph.input(NETWORK.windows, ["n", 1, WINDOW_FRAMES, MEL_BANDS]);
  x = graph.node("Relu", [convolve(graph, x, weights.stem, 1)]);
  // TensorFlow's SAME pads an even length after its end only.
  x = graph.node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 0, 1, 1] });
  for (const block of weights.groups.flat()) x = addBlock(graph, x, block);
  x = graph.node("GlobalAveragePool", [x]);
  const features = graph.node("Flatten", [x], { axis: 1 }, NETWORK.features);
  const { kernel, bias } = weights.dense;
  const classes = bias.length;
  const width = kernel.length / classes;
  const dense = [graph.tensor([width, classes], kernel), graph.tensor([classes], bias)];
  const logits = graph.node("Gemm", [features, ...dense], {}, NETWORK.logits);
  const scores = graph.node("Sigmoid", [logits], {}, NETWORK.scores);
  graph.output(features, ["n", width]);
  graph.output(logits, ["n", classes]);
  graph.output(scores, ["n", classes]);
  return graph.encode();
}

/** A convolution with SAME padding for odd kernels; for 1×1 that is none. */
function convolve(graph: OnnxGraph, x: string, conv: ConvBn, stride: number): string {
  const { shape, weights, bias } = foldBatchNorm(conv);
  const [, , height, width] = shape;
  const [padTime, padMel] = [(height - 1) / 2, (width - 1) / 2];
  return graph.node("Conv", [x, graph.tensor(shape, weights), graph.tensor([shape[0]], bias)], {
    kernel_shape: [height, width],
    strides: [stride, stride],
    pads: [padTime, padMel, padTime, padMel],
  });
}

/** A bottleneck block; its stride is in the first 1×1 convolution and in the residual's. */
function addBlock(graph: OnnxGraph, x: string, { main, residual, stride }: Block): string {
  let y = graph.node("Relu", [convolve(graph, x, main[0], stride)]);
  y = graph.node("Relu", [convolve(graph, y, main[1], 1)]);
  y = convolve(graph, y, main[2], 1);
  const shortcut = residual ? convolve(graph, x, residual, stride) : x;
  return graph.node("Relu", [graph.node("Add", [y, shortcut])]);
}

// Field numbers are those of onnx.proto3 (ONNX 1.17, opset 21).
const IR_VERSION = 10;
const OPSET = 21;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** A value of a node's attribute. */
type Attribute = number | readonly number[];

/** An axis: a length, or a name where the length is free. */
type Axis = number | string;

interface Node {
  operator: string;
  inputs: readonly string[];
  output: string;
  attributes: Record<string, Attribute>;
}

interface Tensor {
  name: string;
  shape: readonly number[];
  values: Float32Array<ArrayBuffer>;
}

interface ValueInfo {
  name: string;
  axes: readonly Axis[];
}

/**
 * An ONNX model under construction, in memory: no converter, no Python.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const graph = new OnnxGraph();
 * graph.input("x", ["n", 2]);
 * graph.output(graph.node("Relu", ["x"], {}, "y"), ["n", 2]);
 * assert(graph.encode().length > 0);
 * ```
 */
export class OnnxGraph {
  readonly #nodes: Node[] = [];
  readonly #tensors: Tensor[] = [];
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];

  /** Declares an input of 32-bit floats. */
  input(name: string, axes: readonly Axis[]): string {
    this.#inputs.push({ name, axes });
    return name;
  }

  /** Declares an output of 32-bit floats. */
  output(name: string, axes: readonly Axis[]): void {
    this.#outputs.push({ name, axes });
  }

  /** Adds a constant. */
  tensor(shape: readonly number[], values: Float32Array<ArrayBuffer>): string {
    const name = `w${this.#tensors.length}`;
    this.#tensors.push({ name, shape, values });
    return name;
  }

  /** Adds an operator and returns its output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute> = {},
    output: string = `v${this.#nodes.length}`,
  ): string {
    this.#nodes.push({ operator, inputs, output, attributes });
    return output;
  }

  /** Encodes the model as the bytes of a `.onnx` file. */
  encode(): Uint8Array<ArrayBuffer> {
    const weightBytes = this.#tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
    // Room for everything at once: a writer that grows would copy the weights again and again.
    const writer = new PbfWriter(new Uint8Array(weightBytes + (1 << 20)));
    writer.writeVarintField(1, IR_VERSION);
    writer.writeStringField(2, "megaptera");
    writer.writeMessage(7, () => this.#writeGraph(writer), undefined);
    writer.writeMessage(8, () => writer.writeVarintField(2, OPSET), undefined);
    return writer.finish() as Uint8Array<ArrayBuffer>;
  }

  #writeGraph(writer: PbfWriter): void {
    for (const node of this.#nodes) {
      writer.writeMessage(1, () => writeNode(writer, node), undefined);
    }
    writer.writeStringField(2, "detector");
    for (const tensor of this.#tensors) {
      writer.writeMessage(5, () => writeTensor(writer, tensor), undefined);
    }
    for (const info of this.#inputs) {
      writer.writeMessage(11, () => writeInfo(writer, info), undefined);
    }
    for (const info of this.#outputs) {
      writer.writeMessage(12, () => writeInfo(writer, info), undefined);
    }
  }
}

function writeNode(writer: PbfWriter, { operator, inputs, output, attributes }: Node): void {
  for (const input of inputs) writer.writeStringField(1, input);
  writer.writeStringField(2, output);
  writer.writeStringField(4, operator);
  for (const [name, value] of Object.entries(attributes)) {
    writer.writeMessage(5, () => writeAttribute(writer, name, value), undefined);
  }
}

function writeAttribute(writer: PbfWriter, name: string, value: Attribute): void {
  writer.writeStringField(1, name);
  if (typeof value === "number") writer.writeVarintField(3, value);
  else for (const item of value) writer.writeVarintField(8, item);
  writer.writeVarintField(20, typeof value === "number" ? ATTRIBUTE_INT : ATTRIBUTE_INTS);
}

function writeTensor(writer: PbfWriter, { name, shape, values }: Tensor): void {
  for (const length of shape) writer.writeVarintField(1, length);
  writer.writeVarintField(2, FLOAT);
  writer.writeStringField(8, name);
  writer.writeBytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function writeInfo(writer: PbfWriter, { name, axes }: ValueInfo): void {
  writer.writeStringField(1, name);
  const shape = () =>
    axes.forEach((axis) =>
      writer.writeMessage(1, () => {
        if (typeof axis === "number") writer.writeVarintField(1, axis);
        else writer.writeStringField(2, axis);
      }, undefined)
    );
  const tensorType = () => {
    writer.writeVarintField(1, FLOAT);
    writer.writeMessage(2, shape, undefined);
  };
  writer.writeMessage(2, () => writer.writeMessage(1, tensorType, undefined), undefined);
}
