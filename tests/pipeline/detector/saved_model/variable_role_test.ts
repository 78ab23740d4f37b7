import assert from "node:assert/strict";
import { isLeftover, variableRole } from "../../../../pipeline/detector/saved_model/role_book.ts";

const NAMES: [fullName: string, shape: number[], role: string | undefined][] = [
  ["pcen/alpha", [64], "pcen/alpha"],
  ["model/pcen_1/root:0", [64], "pcen/root"],
  ["pcen/simple_rnn/simple_rnn_cell/kernel", [64, 64], "pcen/kernel"],
  ["pcen/simple_rnn/kernel", [64, 64], "pcen/kernel"],
  ["pcen/ema/kernel", [64, 64], "pcen/kernel"],
  ["simple_rnn_2/recurrent_kernel:0", [64, 64], "pcen/recurrent_kernel"],
  ["pcen/simple_rnn/bias", [64], undefined],
  ["embed/pre_blocks/conv/kernel", [7, 7, 1, 64], "pre_blocks/conv/kernel"],
  [
    "a/b/embed/pre_blocks/batch_normalization/moving_mean:0",
    [64],
    "pre_blocks/batch_normalization/moving_mean",
  ],
  [
    "embed/group/block_widen/residual_path/conv_residual/kernel",
    [1, 1, 64, 256],
    "group/block_widen/residual_path/conv_residual/kernel",
  ],
  [
    "model/embed/group_12/block_3/main_path/batch_normalization_output/moving_variance:0",
    [256],
    "group_12/block_3/main_path/batch_normalization_output/moving_variance",
  ],
  ["embed/group/block_1/main_path/batch_normalization/gamma", [64], undefined],
  ["embed/group/block_1/main_path/conv/bias", [64], undefined],
  ["embed/group/block_1/main_path/conv_residual/kernel", [1, 1, 4, 4], undefined],
  ["embed/group/block_1/conv/kernel", [3, 3, 4, 4], undefined],
  ["dense/kernel", [2048, 1], "dense/kernel"],
  ["head/logits/bias:0", [1], "dense/bias"],
  ["other/kernel", [3, 3, 1, 8], undefined],
  ["", [], undefined],
];

Deno.test("the role is read from the parts of the name that tell it, then from the shape", () => {
  for (const [fullName, shape, role] of NAMES) {
    assert.equal(variableRole({ fullName, shape }), role, fullName);
  }
});

Deno.test("leftovers of training are known by their keys or their names, weights by neither", () => {
  const leftovers = [
    ["keras_api/metrics/0/total/.ATTRIBUTES/VARIABLE_VALUE", "total"],
    ["optimizer/iter/.ATTRIBUTES/VARIABLE_VALUE", "x"],
    ["save_counter/.ATTRIBUTES/VARIABLE_VALUE", "x"],
    ["variables/3/.OPTIMIZER_SLOT/optimizer/m/.ATTRIBUTES/VARIABLE_VALUE", "dense/kernel"],
    ["variables/220/.ATTRIBUTES/VARIABLE_VALUE", "Adam/m/embed/pre_blocks/conv/kernel:0"],
    ["variables/221/.ATTRIBUTES/VARIABLE_VALUE", "true_positives_1:0"],
    ["variables/222/.ATTRIBUTES/VARIABLE_VALUE", "learning_rate"],
  ];
  for (const [key, fullName] of leftovers) assert(isLeftover({ key, fullName }), fullName);
  for (const [fullName, , role] of NAMES) {
    if (role) assert(!isLeftover({ key: `variables/1/${fullName}`, fullName }), fullName);
  }
});
