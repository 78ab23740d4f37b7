import { PbfReader } from "pbf";
import { type Graph, type GraphFunction, type Node, readShape } from "./graph.ts";

/** A constant of a graph, as it arrives where it is asked for. */
export interface Constant {
  numbers: number[];
  strings: string[];
  /**
   * Gives a number as the constant's types would have kept it: half floats, for example, make
   * 39,136 of 39,124.
   */
  asKept(value: number): number;
}

/** Far over what calls are nested and values passed on. */
const MAX_HOPS = 1000;
/** Far over the classes of any detector of the family; keeps a hostile graph from taking hours. */
const MAX_VALUES = 1024;
/** Operations that give out their first input's values as they are. */
const PASSES_ON =
  /^(Identity|IdentityN|StopGradient|PreventGradient|Snapshot|EnsureShape|Reshape|Squeeze|ExpandDims)$/;

/** A function that is being followed through, and where it was called. */
interface Frame {
  body: GraphFunction;
  call?: Node;
  caller?: Frame;
}

/**
 * Follows a tensor to the constant that it is, through casts, nodes that pass it on, and calls of
 * functions.
 *
 * @param graph The graph.
 * @param body The function that the tensor is of, or the graph's main one.
 * @param tensor The tensor's name there.
 * @returns The constant; nothing where the tensor is computed, or of a type that can't be read.
 */
export function constantOf(
  graph: Graph,
  body: GraphFunction,
  tensor: string,
): Constant | undefined {
  let frame: Frame = { body };
  const casts: number[] = [];
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const [name, ...rest] = tensor.split(":");
    const index = Number(rest.at(-1) ?? 0);
    const node = frame.body.nodes.get(name);
    const callee = node && graph.functions.get(node.calls ?? node.op);
    let next: string | undefined;
    if (!node) {
      next = frame.call?.inputs[frame.body.inputs.indexOf(name)];
      if (!frame.caller) return undefined;
      frame = frame.caller;
    } else if (node.op === "Const") {
      try {
        return node.value && decodeConstant(node.value, casts);
      } catch {
        return undefined; // what it would be is not known
      }
    } else if (node.op === "Cast") {
      casts.unshift(node.castTo ?? 0);
      next = node.inputs[0];
    } else if (PASSES_ON.test(node.op)) {
      next = node.inputs[node.op === "IdentityN" ? index : 0];
    } else if (callee) {
      // A node that is named after its function has that one's outputs, a call has just a list.
      const output = rest.length === 2 && callee.returns.has(rest[0])
        ? rest[0]
        : callee.outputs[index];
      next = callee.returns.get(output);
      frame = { body: callee, call: node, caller: frame };
    }
    if (next === undefined) return undefined;
    tensor = next;
  }
  return undefined;
}

type Kind =
  | "Float32"
  | "Float64"
  | "Float16"
  | "Int8"
  | "Int16"
  | "Int32"
  | "BigInt64"
  | "Uint8"
  | "Uint16"
  | "Uint32"
  | "BigUint64"
  | "Bfloat16";
const STRING = 7;
/** TensorFlow's numbers of types (`types.proto`), and the bytes of each. */
const KINDS: ReadonlyMap<number, readonly [Kind, number]> = new Map([
  [1, ["Float32", 4]],
  [2, ["Float64", 8]],
  [3, ["Int32", 4]],
  [4, ["Uint8", 1]],
  [5, ["Int16", 2]],
  [6, ["Int8", 1]],
  [9, ["BigInt64", 8]],
  [14, ["Bfloat16", 2]],
  [17, ["Uint16", 2]],
  [19, ["Float16", 2]],
  [22, ["Uint32", 4]],
  [23, ["BigUint64", 8]],
]);

function get(view: DataView, at: number, kind: Kind): number {
  if (kind !== "Bfloat16") return Number(view[`get${kind}`](at, true));
  // The upper half of a 32-bit float.
  const float = new DataView(new ArrayBuffer(4));
  float.setUint16(2, view.getUint16(at, true), true);
  return float.getFloat32(0, true);
}

/** Keeps a number as a type does: rounded, or cut to a whole number; NaN where that isn't known. */
function asType(value: number, type: number): number {
  const [kind] = KINDS.get(type) ?? [];
  if (kind === undefined || !Number.isFinite(value)) return NaN;
  const view = new DataView(new ArrayBuffer(8));
  if (kind === "Bfloat16") {
    view.setFloat32(0, value, true);
    const bits = view.getUint32(0, true);
    // To the nearest, halves to the even one.
    view.setUint32(0, bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000, true);
    return view.getFloat32(0, true);
  }
  if (kind === "BigInt64" || kind === "BigUint64") {
    view[`set${kind}`](0, BigInt(Math.trunc(value)), true);
  } else view[`set${kind}`](0, value, true);
  return get(view, 0, kind);
}

/** Content of a `TensorProto`: its fields but the versions of old. */
interface Tensor {
  type: number;
  shape: number[] | undefined;
  content: Uint8Array | undefined;
  numbers: number[];
  halves: number[];
  strings: string[];
}

function decodeConstant(bytes: Uint8Array, casts: readonly number[]): Constant | undefined {
  const { type, shape, content, ...stored } = readTensor(bytes);
  const count = shape?.reduce((product, length) => product * length, 1) ?? NaN;
  if (!(count > 0 && count <= MAX_VALUES)) return undefined;
  if (type === STRING) {
    const strings = content ? readStrings(content, count) : stored.strings;
    return { numbers: [], strings: filled(strings, count, ""), asKept: () => NaN };
  }
  const kind = KINDS.get(type);
  if (!kind) return undefined;
  const halves = Uint8Array.from(stored.halves.flatMap((bits) => [bits & 255, bits >>> 8 & 255]));
  const bits = content ?? (halves.length > 0 ? halves : undefined);
  const values = bits ? readContent(bits, kind) : stored.numbers;
  const cast = (value: number): number => casts.reduce(asType, value);
  return {
    numbers: filled(values, count, 0).map(cast),
    strings: [],
    asKept: (value) => cast(asType(value, type)),
  };
}

function readTensor(bytes: Uint8Array): Tensor {
  const empty: Tensor = {
    type: 0,
    shape: [],
    content: undefined,
    numbers: [],
    halves: [],
    strings: [],
  };
  return new PbfReader(bytes).readFields((field, tensor, pbf) => {
    const { numbers } = tensor;
    if (field === 1) tensor.type = pbf.readVarint();
    else if (field === 2) tensor.shape = readShape(pbf);
    else if (field === 4) tensor.content = pbf.readBytes();
    else if (field === 5) pbf.readPackedFloat(numbers);
    else if (field === 6) pbf.readPackedDouble(numbers);
    else if (field === 7 || field === 10) pbf.readPackedVarint(numbers, true);
    else if (field === 8) tensor.strings.push(pbf.readString());
    else if (field === 13) pbf.readPackedVarint(tensor.halves);
    else if (field === 16 || field === 17) pbf.readPackedVarint(numbers);
  }, empty);
}

function readContent(bytes: Uint8Array, [kind, size]: readonly [Kind, number]): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Math.min(MAX_VALUES, Math.floor(bytes.length / size));
  return Array.from({ length }, (_, i) => get(view, i * size, kind));
}

/** Strings as content: all lengths, then all texts. */
function readStrings(bytes: Uint8Array, count: number): string[] {
  const pbf = new PbfReader(bytes);
  const lengths = Array.from({ length: count }, () => pbf.readVarint());
  return lengths.map((length) => {
    pbf.pos += length;
    return new TextDecoder().decode(bytes.subarray(pbf.pos - length, pbf.pos));
  });
}

/** Fills up values to as many as there should be: the last one stands for all that are left out. */
function filled<Value>(values: readonly Value[], count: number, none: Value): Value[] {
  return Array.from({ length: count }, (_, i) => values[i] ?? values.at(-1) ?? none);
}
