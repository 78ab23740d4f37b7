import type { TestVariable } from "./write_checkpoint.ts";

/**
 * Ways in which exporters spell keys and names: `keras` as in the released model, `list` as
 * `tf.train.Checkpoint` writes a list, `tree` with keys that repeat the names.
 */
export type Spelling = "keras" | "list" | "tree";

/** What to make a small detector of. */
export interface SmallHumpback {
  spelling?: Spelling;
  /** Seed of the weights (1). */
  seed?: number;
  /** Channels after the stem (3). */
  stem?: number;
  /** `[inner, outer, blocks]` of each group. */
  groups?: readonly (readonly [inner: number, outer: number, blocks: number])[];
  classes?: number;
  smoothing?: number;
}

/** Where each spelling has the recurrent layer, and what it puts around names. */
const RNN = { keras: "simple_rnn/simple_rnn_cell", list: "simple_rnn", tree: "ema" };
const PREFIX = { keras: "", list: "model/", tree: "" };
const SUFFIX = { keras: "", list: ":0", tree: "" };

/** Makes the variables of a tiny detector of the humpback family. */
export function smallHumpback(options: SmallHumpback = {}): TestVariable[] {
  const { spelling = "keras", stem = 3, groups = [[2, 4, 2], [3, 6, 1]], classes = 1 } = options;
  const { smoothing = 0.025 } = options;
  const made: [name: string, shape: number[], values: Float32Array][] = [];
  const random = numbers(options.seed ?? 1);
  const add = (name: string, shape: number[], value: (index: number) => number = random): void => {
    const length = shape.reduce((a, b) => a * b, 1);
    made.push([name, shape, Float32Array.from({ length }, (_, i) => value(i))]);
  };
  const addConv = (place: string, end: string, shape: number[]): void => {
    add(`${place}/conv${end}/kernel`, shape);
    const norm = `${place}/batch_normalization${end}`;
    add(`${norm}/beta`, shape.slice(3));
    add(`${norm}/moving_mean`, shape.slice(3));
    add(`${norm}/moving_variance`, shape.slice(3), () => 0.5 + Math.abs(random()));
  };
  const diagonal = (value: number) => (i: number) => i % 65 === 0 ? value : 0;

  add("pcen/alpha", [64], () => 0.98);
  add("pcen/delta", [64], () => 2 + random());
  add("pcen/root", [64], () => 2);
  add(`pcen/${RNN[spelling]}/kernel`, [64, 64], diagonal(smoothing));
  add(`pcen/${RNN[spelling]}/recurrent_kernel`, [64, 64], diagonal(1 - smoothing));
  addConv("embed/pre_blocks", "", [7, 7, 1, stem]);
  let width = stem;
  groups.forEach(([inner, outer, blocks], group) => {
    for (let block = 0; block < blocks; block++) {
      const groupName = group === 0 ? "group" : `group_${group}`;
      const place = `embed/${groupName}/${block === 0 ? "block_widen" : `block_${block}`}`;
      if (block === 0) addConv(`${place}/residual_path`, "_residual", [1, 1, width, outer]);
      addConv(`${place}/main_path`, "_bottleneck", [1, 1, width, inner]);
      addConv(`${place}/main_path`, "", [3, 3, inner, inner]);
      addConv(`${place}/main_path`, "_output", [1, 1, inner, outer]);
      width = outer;
    }
  });
  add("dense/kernel", [width, classes]);
  add("dense/bias", [classes]);
  return made.map(([name, shape, values], i) => ({
    key: `${keyOf(name, i, spelling)}/.ATTRIBUTES/VARIABLE_VALUE`,
    fullName: PREFIX[spelling] + name + SUFFIX[spelling],
    shape,
    values,
  }));
}

function keyOf(name: string, index: number, spelling: Spelling): string {
  if (spelling === "tree") return name;
  const [layer, kind] = name.split("/");
  if (spelling === "keras" && index < 3) return `layer_with_weights-0/${kind}`;
  if (spelling === "keras" && layer === "dense") return `layer_with_weights-2/${kind}`;
  return `variables/${index}`;
}

/** Numbers between −0.5 and 0.5 from a seed (Park and Miller 1988). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = state * 48271 % 2147483647) / 2147483647 - 0.5;
}
