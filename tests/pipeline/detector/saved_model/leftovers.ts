import type { TestVariable } from "./write_checkpoint.ts";

/** What training leaves among a detector's variables: metrics, an optimizer's state, counters. */
export function leftovers(): TestVariable[] {
  const scalar = { shape: [], values: new Float32Array(1) };
  const end = ".ATTRIBUTES/VARIABLE_VALUE";
  return [
    { ...scalar, key: `keras_api/metrics/0/total/${end}`, fullName: "total" },
    { ...scalar, key: `optimizer/learning_rate/${end}`, fullName: "Adam/learning_rate" },
    {
      key: `layer_with_weights-2/bias/.OPTIMIZER_SLOT/optimizer/m/${end}`,
      fullName: "Adam/dense/bias/m",
      shape: [1],
      values: new Float32Array(1),
    },
    {
      key: `save_counter/${end}`,
      fullName: "save_counter",
      shape: [],
      values: BigInt64Array.of(1n),
    },
  ];
}
