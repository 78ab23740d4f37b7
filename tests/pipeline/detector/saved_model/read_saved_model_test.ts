import assert from "node:assert/strict";
import { join } from "node:path";
import { readSavedModel, type SavedModel } from "../../../../pipeline/detector/saved_model/mod.ts";
import { rejectsWith } from "./rejects_with.ts";
import { withFolder } from "./temporary_folder.ts";
import {
  type CheckpointOptions,
  smallHumpback,
  type TestVariable,
  writeCheckpoint,
} from "./write_checkpoint.ts";

async function load(
  variables: readonly TestVariable[],
  options?: CheckpointOptions,
): Promise<SavedModel> {
  let model: SavedModel | undefined;
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, variables, options);
    model = await readSavedModel(folder);
  });
  return model!;
}

/** The weights alone, without what tells how they were spelled. */
function weightsOf({ variables: _, ...weights }: SavedModel): Omit<SavedModel, "variables"> {
  return weights;
}

/** A small detector with one variable, found by the end of its name, changed or left out. */
function changed(
  end: string,
  change: (variable: TestVariable) => Partial<TestVariable> | undefined,
): TestVariable[] {
  let count = 0;
  const variables = smallHumpback().flatMap((variable) => {
    if (!variable.fullName.endsWith(end)) return [variable];
    count++;
    const changes = change(variable);
    return changes ? [{ ...variable, ...changes }] : [];
  });
  assert.equal(count, 1);
  return variables;
}

Deno.test("three spellings of one detector are the same weights with the same SHA-256", async () => {
  const models = await Promise.all(
    (["keras", "list", "tree"] as const).map((spelling) => load(smallHumpback({ spelling }))),
  );
  const names = models.map(({ variables }) => variables.map(({ fullName }) => fullName));
  assert(names[0][3] === "pcen/simple_rnn/simple_rnn_cell/kernel");
  assert(names[1][3] === "model/pcen/simple_rnn/kernel:0");
  assert(names[2][3] === "pcen/ema/kernel");
  for (const model of models) assert.deepEqual(weightsOf(model), weightsOf(models[0]));
  assert.notEqual((await load(smallHumpback({ seed: 2 }))).weightsSha256, models[0].weightsSha256);
});

Deno.test("data files, blocks and a missing object graph make no difference to the weights", async () => {
  const variables = smallHumpback({ spelling: "tree" });
  const expected = weightsOf(await load(variables));
  for (const options of [{ shards: 3 }, { entriesPerBlock: 1 }, { noGraph: true }]) {
    assert.deepEqual(weightsOf(await load(variables, options)), expected);
  }
});

Deno.test("weights come out in their places, with the family's strides", async () => {
  const variables = smallHumpback();
  const model = await load(variables);
  const valuesOf = (name: string): unknown =>
    variables.find(({ fullName }) => fullName === name)?.values;
  assert.deepEqual(model.pcen.delta, valuesOf("pcen/delta"));
  assert.equal(model.pcen.smoothing, Math.fround(0.025));
  assert.deepEqual(model.stem.kernelShape, [7, 7, 1, 3]);
  assert.deepEqual(
    model.stem.variance,
    valuesOf("embed/pre_blocks/batch_normalization/moving_variance"),
  );
  const [[first, second], [third]] = model.groups;
  assert.deepEqual([first.stride, second.stride, third.stride], [1, 1, 2]);
  assert.deepEqual([first, second, third].map(({ residual }) => residual?.kernelShape), [
    [1, 1, 3, 4],
    undefined,
    [1, 1, 4, 6],
  ]);
  const main = "embed/group/block_1/main_path";
  assert.deepEqual(second.main[1].kernel, valuesOf(`${main}/conv/kernel`));
  assert.deepEqual(second.main[2].mean, valuesOf(`${main}/batch_normalization_output/moving_mean`));
  assert.deepEqual(model.dense.bias, valuesOf("dense/bias"));
  assert.equal(model.variables.length, variables.length);
});

Deno.test("layers, widths and classes are as many as the variables say", async () => {
  const groups = [[1, 2, 1], [2, 3, 3], [3, 5, 2], [1, 4, 11]] as const;
  const model = await load(smallHumpback({ stem: 2, classes: 4, groups }));
  assert.deepEqual(model.groups.map(({ length }) => length), [1, 3, 2, 11]);
  assert.deepEqual(model.dense.kernelShape, [4, 4]);
  assert.equal(model.classCount, 4);
});

Deno.test("leftovers of training make no difference", async () => {
  const expected = await load(smallHumpback());
  const scalar = { shape: [], values: new Float32Array(1) };
  const end = ".ATTRIBUTES/VARIABLE_VALUE";
  const leftovers: TestVariable[] = [
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
  const model = await load([...smallHumpback(), ...leftovers]);
  assert.deepEqual(model, expected);
});

Deno.test("any one variable that is missing is named", async () => {
  for (const { fullName } of smallHumpback()) {
    const rest = smallHumpback().filter((variable) => variable.fullName !== fullName);
    const role = fullName.replace("embed/", "").replace("simple_rnn/simple_rnn_cell/", "");
    await rejectsWith(load(rest), new RegExp(`its variable ${role} is missing`));
  }
});

Deno.test("a whole block that is missing between others is named", async () => {
  const variables = smallHumpback({ groups: [[2, 4, 3], [2, 4, 1]] });
  const without = (place: string): TestVariable[] =>
    variables.filter(({ fullName }) => !fullName.includes(place));
  await rejectsWith(
    load(without("group/block_1/")),
    /variable group\/block_1\/main_path\/conv_bottleneck\/kernel is missing/,
  );
  await rejectsWith(
    load(without("group/")),
    /variable group\/block_widen\/residual_path\/conv_residual\/kernel is missing/,
  );
});

Deno.test("a variable of another shape or type is named, with what was expected", async () => {
  const shaped = (end: string, shape: number[]): Promise<SavedModel> => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    return load(changed(end, () => ({ shape, values })));
  };
  await rejectsWith(
    shaped("group/block_1/main_path/conv/kernel", [3, 3, 2, 5]),
    /"embed\/group\/block_1\/main_path\/conv\/kernel" has the shape \[3, 3, 2, 5\] instead of \[3, 3, 2, 2\]/,
  );
  await rejectsWith(
    shaped("pre_blocks/conv/kernel", [5, 5, 1, 3]),
    /has the shape \[5, 5, 1, 3\] instead of \[7, 7, 1, any\]/,
  );
  await rejectsWith(shaped("pcen/alpha", [32]), /"pcen\/alpha" .* \[32\] instead of \[64\]/);
  await rejectsWith(shaped("dense/kernel", [7, 1]), /"dense\/kernel" .* instead of \[6, any\]/);
  await rejectsWith(shaped("dense/kernel", [6, 0]), /\[6, 0\] instead of \[6, any\]/);
  await rejectsWith(
    load(changed("dense/bias", () => ({ values: new BigInt64Array(1) }))),
    /"dense\/bias" is not of type float32/,
  );
});

Deno.test("a variable that has no place in the network is named", async () => {
  const extra = (fullName: string, shape: number[]): Promise<SavedModel> => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    return load([...smallHumpback(), { key: `extra/${fullName}`, fullName, shape, values }]);
  };
  await rejectsWith(
    extra("embed/pre_blocks/batch_normalization/gamma", [3]),
    /unexpected variable "embed\/pre_blocks\/batch_normalization\/gamma" of shape \[3\]/,
  );
  await rejectsWith(extra("dense_1/bias", [1]), /unexpected variable "dense(_1)?\/bias"/);
  await rejectsWith(
    extra("embed/group/block_1/residual_path/conv_residual/kernel", [1, 1, 4, 4]),
    /unexpected variable "embed\/group\/block_1\/residual_path/,
  );
  await rejectsWith(extra("bad\x1b[2J\u202e", [1]), /unexpected variable "bad\\u001b\[2J\?"/);
});

Deno.test("a SavedModel of something else is no detector of the family", async () => {
  const names = ["conv2d/kernel", "dense/kernel", "dense_1/kernel"];
  const shape = [2, 2];
  const variables = names.map((fullName) => (
    { key: fullName, fullName, shape, values: new Float32Array(4) }
  ));
  await rejectsWith(
    load(variables),
    /it is not a detector of the humpback family: its variable pcen\/alpha is missing \(3 variables/,
  );
});

Deno.test("a smoother that is not one number for all bands is refused", async () => {
  const edited = (end: string, at: number, value: number): Promise<SavedModel> =>
    load(changed(end, ({ values }) => {
      const edit = Float32Array.from(values as Float32Array);
      edit[at] = value;
      return { values: edit };
    }));
  await rejectsWith(
    edited("cell/kernel", 65, 0.03),
    /kernel does not .* 0\.029\d* at row 1 and column 1/,
  );
  await rejectsWith(
    edited("recurrent_kernel", 1, 0.1),
    /recurrent_kernel .* at row 0 and column 1/,
  );
  await rejectsWith(edited("cell/kernel", 0, 0), /smoothing is not between 0 and 1: 0 was found/);
});

Deno.test("values that no trained network has are refused", async () => {
  for (const value of [NaN, Infinity, -Infinity]) {
    const variables = changed("dense/bias", () => ({ values: Float32Array.of(value) }));
    await rejectsWith(load(variables), new RegExp(`"dense/bias" has ${value} as its value 0`));
  }
  const negative = changed(
    "group_1/block_widen/main_path/batch_normalization/moving_variance",
    () => ({
      values: Float32Array.of(1, 2, -3),
    }),
  );
  await rejectsWith(load(negative), /moving_variance" has -3 as its value 2/);
});

const STAND_IN = new URL(
  "../../../../../shared/fixtures/humpback-stand-in.tar.gz",
  import.meta.url,
);
const hasStandIn = await Deno.stat(STAND_IN).then(() => true, () => false);

Deno.test({
  name: "the full-size stand-in, which TensorFlow wrote, is read from its archive",
  ignore: !hasStandIn,
  fn: async () => {
    const model = await readSavedModel(join(STAND_IN.pathname));
    assert.equal(model.variables.length, 219);
    const count = model.variables.reduce(
      (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
    assert.equal(count, 23_538_753);
    assert.deepEqual(model.groups.map(({ length }) => length), [3, 4, 6, 3]);
    assert.deepEqual(model.dense.kernelShape, [2048, 1]);
    assert.equal(
      model.weightsSha256,
      "2a521d61dec953b3ef1fc9d93c37e3a79b19c4a7976cad20f03912c34d4b84cd",
    );
  },
});
