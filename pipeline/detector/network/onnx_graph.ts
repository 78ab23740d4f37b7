import { PbfWriter } from "pbf";

// Field numbers are those of onnx.proto3 (ONNX 1.17, opset 21).
const IR_VERSION = 10;
const OPSET = 21;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_INTS = 7;

/** A value of a node's attribute. */
export type Attribute = number | readonly number[];

/** An axis: a length, or a name where the length is free. */
export type Axis = number | string;

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

  /** The model as the bytes of a `.onnx` file. */
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
