import { PbfWriter } from "pbf";

/** A constant: how its numbers or strings are stored in its `TensorProto` is up to `write`. */
export interface TestTensor {
  /** TensorFlow's number of its type. */
  dtype: number;
  shape?: number[];
  write: (tensor: PbfWriter) => void;
}

/** A node of a graph. */
export interface TestNode {
  name: string;
  op: string;
  inputs?: string[];
  value?: TestTensor;
  castTo?: number;
  calls?: string;
}

/** A function of a graph's library. */
export interface TestFunction {
  name: string;
  inputs?: string[];
  /** Output → the tensor that it gives back. */
  returns: Record<string, string>;
  nodes: TestNode[];
}

/** A SavedModel's graph. */
export interface TestGraph {
  nodes?: TestNode[];
  functions?: TestFunction[];
  /** Signature → input → its shape (float32), and output → tensor. */
  signatures?: Record<
    string,
    { inputs?: Record<string, number[]>; outputs?: Record<string, string> }
  >;
  /** Function → the names of what it gives back as a Python dictionary. */
  results?: Record<string, string[]>;
}

/** Writes a `saved_model.pb` as TensorFlow does. */
export function writeGraph(graph: TestGraph): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  const message = (tag: number, write: () => void): void => {
    pbf.writeMessage(tag, write, undefined);
  };
  const entry = (tag: number, key: string, write: () => void): void =>
    message(tag, () => {
      pbf.writeStringField(1, key);
      write();
    });
  const shape = (tag: number, lengths: readonly number[]): void =>
    message(tag, () => {
      for (const length of lengths) message(2, () => pbf.writeVarintField(1, length));
    });
  const node = (tag: number, { name, op, inputs, value, castTo, calls }: TestNode): void =>
    message(tag, () => {
      pbf.writeStringField(1, name);
      pbf.writeStringField(2, op);
      for (const input of inputs ?? []) pbf.writeStringField(3, input);
      if (value) {
        entry(5, "dtype", () => message(2, () => pbf.writeVarintField(6, value.dtype)));
        entry(5, "value", () =>
          message(2, () =>
            message(8, () => {
              pbf.writeVarintField(1, value.dtype);
              shape(2, value.shape ?? []);
              value.write(pbf);
            })));
      }
      if (castTo !== undefined) {
        entry(5, "DstT", () => message(2, () => pbf.writeVarintField(6, castTo)));
      }
      if (calls !== undefined) {
        entry(5, "f", () => message(2, () => message(10, () => pbf.writeStringField(1, calls))));
      }
    });
  const named = (tag: number, name: string): void =>
    message(tag, () => pbf.writeStringField(1, name));

  message(2, () => {
    message(2, () => {
      for (const one of graph.nodes ?? []) node(1, one);
      message(2, () => {
        for (const { name, inputs, returns, nodes } of graph.functions ?? []) {
          message(1, () => {
            message(1, () => {
              pbf.writeStringField(1, name);
              for (const input of inputs ?? []) named(2, input);
              for (const output of Object.keys(returns)) named(3, output);
            });
            for (const one of nodes) node(3, one);
            for (const [output, tensor] of Object.entries(returns)) {
              entry(4, output, () => pbf.writeStringField(2, tensor));
            }
          });
        }
      });
    });
    for (const [name, { inputs, outputs }] of Object.entries(graph.signatures ?? {})) {
      entry(5, name, () =>
        message(2, () => {
          for (const [key, lengths] of Object.entries(inputs ?? {})) {
            entry(1, key, () =>
              message(2, () => {
                pbf.writeStringField(1, `${name}_${key}:0`);
                pbf.writeVarintField(2, 1);
                shape(3, lengths);
              }));
          }
          for (const [key, tensor] of Object.entries(outputs ?? {})) {
            entry(2, key, () => message(2, () => pbf.writeStringField(1, tensor)));
          }
        }));
    }
    message(7, () => {
      for (const [name, keys] of Object.entries(graph.results ?? {})) {
        entry(2, name, () =>
          message(2, () =>
            message(4, () =>
              message(53, () => {
                for (const key of keys) {
                  entry(1, key, () => message(2, () => message(33, () => {})));
                }
              }))));
      }
    });
  });
  return Uint8Array.from(pbf.finish());
}

/** A constant of 32-bit floats, stored as numbers. */
export const floats = (...values: number[]): TestTensor => ({
  dtype: 1,
  shape: values.length === 1 ? [] : [values.length],
  write: (tensor) => tensor.writePackedFloat(5, values),
});

/** A constant of strings. */
export const strings = (...values: string[]): TestTensor => ({
  dtype: 7,
  shape: [values.length],
  write: (tensor) => values.forEach((value) => tensor.writeStringField(8, value)),
});

/** What a model's metadata says, key by key, and the constant that says it. */
export type Metadata = Record<string, TestTensor>;

/**
 * A graph with metadata as the published model has it: a signature's outputs are those of a function
 * that calls another, which casts constants to 64-bit integers.
 */
export function metadataGraph(metadata: Metadata): TestGraph {
  const keys = Object.keys(metadata).sort();
  const outputs = keys.map((_, i) => i === 0 ? "identity" : `identity_${i}`);
  const returns = (tensor: (i: number) => string): Record<string, string> =>
    Object.fromEntries(outputs.map((output, i) => [output, tensor(i)]));
  return {
    functions: [{
      name: "__inference_metadata_7",
      returns: returns((i) => `Identity_${i}:output:0`),
      nodes: keys.flatMap((key, i): TestNode[] => {
        const value = metadata[key];
        const cast: TestNode = {
          name: `Cast_${i}`,
          op: "Cast",
          inputs: [`x_${i}:output:0`],
          castTo: 9,
        };
        const source = value.dtype === 7 ? `x_${i}:output:0` : `Cast_${i}:y:0`;
        return [
          { name: `x_${i}`, op: "Const", value },
          ...value.dtype === 7 ? [] : [cast],
          { name: `Identity_${i}`, op: "Identity", inputs: [source] },
        ];
      }),
    }, {
      name: "__inference_signature_wrapper_metadata_9",
      returns: returns((i) => `Identity_${i}:output:0`),
      nodes: [
        { name: "PartitionedCall", op: "PartitionedCall", calls: "__inference_metadata_7" },
        ...keys.map((_, i) => ({
          name: `Identity_${i}`,
          op: "Identity",
          inputs: [`PartitionedCall:output:${i}`],
        })),
      ],
    }],
    nodes: [{
      name: "PartitionedCall",
      op: "PartitionedCall",
      calls: "__inference_signature_wrapper_metadata_9",
    }],
    signatures: {
      metadata: {
        outputs: Object.fromEntries(keys.map((key, i) => [key, `PartitionedCall:${i}`])),
      },
    },
  };
}

/** What the published model says of its audio. */
export const FAMILY: Metadata = {
  input_sample_rate: floats(10_000),
  context_width_samples: floats(39_124),
};
