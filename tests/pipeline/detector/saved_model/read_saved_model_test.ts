import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readSavedModel, type SavedModel } from "../../../../pipeline/detector/mod.ts";
import { leftovers } from "./leftovers.ts";
import { loadCheckpoint } from "./load_checkpoint.ts";
import { smallHumpback } from "./small_humpback.ts";

/** The weights alone, without what tells how they were spelled. */
function weightsOf({ variables: _, ...weights }: SavedModel): Omit<SavedModel, "variables"> {
  return weights;
}

Deno.test("three spellings of one detector are the same weights with the same SHA-256", async () => {
  const models = await Promise.all(
    (["keras", "list", "tree"] as const).map((spelling) =>
      loadCheckpoint(smallHumpback({ spelling }))
    ),
  );
  const names = models.map(({ variables }) => variables.map(({ fullName }) => fullName));
  assert(names[0][3] === "pcen/simple_rnn/simple_rnn_cell/kernel");
  assert(names[1][3] === "model/pcen/simple_rnn/kernel:0");
  assert(names[2][3] === "pcen/ema/kernel");
  for (const model of models) assert.deepEqual(weightsOf(model), weightsOf(models[0]));
  assert.notEqual(
    (await loadCheckpoint(smallHumpback({ seed: 2 }))).weightsSha256,
    models[0].weightsSha256,
  );
});

Deno.test("data files, blocks and a missing object graph make no difference to the weights", async () => {
  const variables = smallHumpback({ spelling: "tree" });
  const expected = weightsOf(await loadCheckpoint(variables));
  for (const options of [{ shards: 3 }, { entriesPerBlock: 1 }, { noGraph: true }]) {
    assert.deepEqual(weightsOf(await loadCheckpoint(variables, options)), expected);
  }
});

Deno.test("weights come out in their places, with the family's strides", async () => {
  const variables = smallHumpback();
  const model = await loadCheckpoint(variables);
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
  const model = await loadCheckpoint(smallHumpback({ stem: 2, classes: 4, groups }));
  assert.deepEqual(model.groups.map(({ length }) => length), [1, 3, 2, 11]);
  assert.deepEqual(model.dense.kernelShape, [4, 4]);
  assert.equal(model.classCount, 4);
});

Deno.test("leftovers of training make no difference", async () => {
  const expected = await loadCheckpoint(smallHumpback());
  const model = await loadCheckpoint([...smallHumpback(), ...leftovers()]);
  assert.deepEqual(model, expected);
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
    const model = await readSavedModel(fileURLToPath(STAND_IN));
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
