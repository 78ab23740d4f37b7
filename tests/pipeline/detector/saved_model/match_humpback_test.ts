import assert from "node:assert/strict";
import type { SavedModel } from "../../../../pipeline/detector/mod.ts";
import { loadCheckpoint } from "./load_checkpoint.ts";
import { rejectsWith } from "./rejects_with.ts";
import { smallHumpback } from "./small_humpback.ts";
import type { TestVariable } from "./write_checkpoint.ts";

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

Deno.test("any one variable that is missing is named", async () => {
  for (const { fullName } of smallHumpback()) {
    const rest = smallHumpback().filter((variable) => variable.fullName !== fullName);
    const role = fullName.replace("embed/", "").replace("simple_rnn/simple_rnn_cell/", "");
    await rejectsWith(loadCheckpoint(rest), new RegExp(`its variable ${role} is missing`));
  }
});

Deno.test("a whole block that is missing between others is named", async () => {
  const variables = smallHumpback({ groups: [[2, 4, 3], [2, 4, 1]] });
  const without = (place: string): TestVariable[] =>
    variables.filter(({ fullName }) => !fullName.includes(place));
  await rejectsWith(
    loadCheckpoint(without("group/block_1/")),
    /variable group\/block_1\/main_path\/conv_bottleneck\/kernel is missing/,
  );
  await rejectsWith(
    loadCheckpoint(without("group/")),
    /variable group\/block_widen\/residual_path\/conv_residual\/kernel is missing/,
  );
});

Deno.test("a variable of another shape or type is named, with what was expected", async () => {
  const shaped = (end: string, shape: number[]): Promise<SavedModel> => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    return loadCheckpoint(changed(end, () => ({ shape, values })));
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
    loadCheckpoint(changed("dense/bias", () => ({ values: new BigInt64Array(1) }))),
    /"dense\/bias" is not of type float32/,
  );
});

Deno.test("a variable that has no place in the network is named", async () => {
  const extra = (fullName: string, shape: number[]): Promise<SavedModel> => {
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
    return loadCheckpoint([...smallHumpback(), {
      key: `extra/${fullName}`,
      fullName,
      shape,
      values,
    }]);
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
    loadCheckpoint(variables),
    /it is not a detector of the humpback family: its variable pcen\/alpha is missing \(3 variables/,
  );
});

Deno.test("a smoother that is not one number for all bands is refused", async () => {
  const edited = (end: string, at: number, value: number): Promise<SavedModel> =>
    loadCheckpoint(changed(end, ({ values }) => {
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
    await rejectsWith(
      loadCheckpoint(variables),
      new RegExp(`"dense/bias" has ${value} as its value 0`),
    );
  }
  const negative = changed(
    "group_1/block_widen/main_path/batch_normalization/moving_variance",
    () => ({
      values: Float32Array.of(1, 2, -3),
    }),
  );
  await rejectsWith(loadCheckpoint(negative), /moving_variance" has -3 as its value 2/);
});
