import type { Variable } from "./checkpoint.ts";

const GROUP = /^group(_[1-9]\d*)?$/;
const BLOCK = /^block_(widen|[1-9]\d*)$/;
const STEM = /^pre_blocks(_\d+)?$/;
const SMOOTHER = /^(pcen|ema|\w*rnn\w*?)(_\d+)?$/;

/** Each path's convolutions, and the batch norm of each. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  residual_path: ["conv_residual", "batch_normalization_residual"],
  main_path: [
    "conv_bottleneck",
    "batch_normalization_bottleneck",
    "conv",
    "batch_normalization",
    "conv_output",
    "batch_normalization_output",
  ],
};
const NORM_KINDS: readonly string[] = ["beta", "moving_mean", "moving_variance"];

/**
 * Says which role a variable plays, from the parts of its full name that tell: the group, the
 * block, the path, the layer and the kind. Prefixes (`model/…`), `:0` and the ways to spell the
 * recurrent layer make no difference; where the name leaves it open, the shape decides.
 *
 * @param variable Its full name and shape.
 * @returns One spelling for each role, for example `group_1/block_2/main_path/conv/kernel`,
 * `pre_blocks/conv/kernel`, `pcen/recurrent_kernel` or `dense/bias`; nothing where it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { variableRole } from "./variable_role.ts";
 * const fullName = "model/pcen/simple_rnn/simple_rnn_cell/kernel:0";
 * assert.equal(variableRole({ fullName, shape: [64, 64] }), "pcen/kernel");
 * ```
 */
export function variableRole(
  { fullName, shape }: Pick<Variable, "fullName" | "shape">,
): string | undefined {
  const parts = fullName.replace(/:\d+$/, "").split("/");
  const kind = parts.pop()!;
  const group = parts.findIndex((part) => GROUP.test(part));
  if (group >= 0) return blockRole(parts.slice(group), kind);
  if (parts.some((part) => STEM.test(part))) {
    return layerRole("pre_blocks", parts.at(-1)!, kind, ["conv", "batch_normalization"]);
  }
  if (["alpha", "delta", "root", "recurrent_kernel"].includes(kind)) return `pcen/${kind}`;
  if (parts.some((part) => SMOOTHER.test(part))) {
    return kind === "kernel" ? "pcen/kernel" : undefined;
  }
  const isDense = kind === "kernel" && shape.length === 2 || kind === "bias" && shape.length === 1;
  return isDense ? `dense/${kind}` : undefined;
}

function blockRole(parts: readonly string[], kind: string): string | undefined {
  const block = parts.find((part) => BLOCK.test(part));
  const path = parts.find((part) => part in LAYERS);
  if (!block || !path) return undefined;
  return layerRole(`${parts[0]}/${block}/${path}`, parts.at(-1)!, kind, LAYERS[path]);
}

function layerRole(
  place: string,
  layer: string,
  kind: string,
  layers: readonly string[],
): string | undefined {
  const fits = layer.startsWith("conv") ? kind === "kernel" : NORM_KINDS.includes(kind);
  return fits && layers.includes(layer) ? `${place}/${layer}/${kind}` : undefined;
}
