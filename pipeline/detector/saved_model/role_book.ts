import { type Checkpoint, FLOAT32, type Variable } from "./checkpoint.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

/** Lengths of a shape; a free one is left open. */
type ShapeRule = readonly (number | undefined)[];

/** Hands out a checkpoint's variables by their roles, one after another. */
export class RoleBook {
  /** Role → variable, in the order in which they were taken. */
  readonly taken = new Map<string, Variable>();
  readonly #folder: string;
  readonly #variables: readonly Variable[];
  readonly #byRole = new Map<string, Variable>();

  /** @param checkpoint An opened checkpoint. */
  constructor(checkpoint: Checkpoint) {
    this.#folder = checkpoint.folder;
    this.#variables = checkpoint.variables.filter((variable) => !isLeftover(variable));
    for (const variable of this.#variables) {
      const role = variableRole(variable);
      if (role && !this.#byRole.has(role)) this.#byRole.set(role, variable);
    }
  }

  /** Lists the names of the groups and of each one's blocks: as many as the variables speak of. */
  groups(): { group: string; blocks: string[] }[] {
    const lastBlocks: number[] = [];
    for (const role of this.#byRole.keys()) {
      const found = /^group(?:_(\d+))?\/block_(?:widen|(\d+))\//.exec(role);
      if (!found) continue;
      const [group, block] = [Number(found[1] ?? 0), Number(found[2] ?? 0)];
      if (group < this.#variables.length && block < this.#variables.length) {
        lastBlocks[group] = Math.max(lastBlocks[group] ?? 0, block);
      }
    }
    return Array.from({ length: Math.max(1, lastBlocks.length) }, (_, index) => ({
      group: index === 0 ? "group" : `group_${index}`,
      blocks: Array.from(
        { length: (lastBlocks[index] ?? 0) + 1 },
        (_, block) => block === 0 ? "block_widen" : `block_${block}`,
      ),
    }));
  }

  /**
   * Takes the variable that plays a role.
   *
   * @param role As {@linkcode variableRole} spells it.
   * @param rule The shape that it must have.
   * @returns The variable.
   * @throws {MegapteraError} `data` where it is missing, of another type or of another shape.
   */
  take(role: string, rule: ShapeRule): Variable {
    const variable = this.#byRole.get(role);
    if (!variable) {
      const count = `${this.#variables.length} variables were found`;
      throw this.#misfit(`its variable ${role} is missing (${count})`);
    }
    const { fullName, shape, dtype } = variable;
    if (dtype !== FLOAT32) {
      throw this.#misfit(`its variable ${quoted(fullName)} is not of type float32`);
    }
    const fits = shape.length === rule.length &&
      shape.every((length, axis) => length > 0 && length === (rule[axis] ?? length));
    if (!fits) {
      const expected = rule.map((length) => length ?? "any").join(", ");
      const found = shape.join(", ");
      throw this.#misfit(
        `its variable ${quoted(fullName)} has the shape [${found}] instead of [${expected}]`,
      );
    }
    this.taken.set(role, variable);
    return variable;
  }

  /**
   * Ends the matching.
   *
   * @throws {MegapteraError} `data` where a variable was not taken.
   */
  checkAllTaken(): void {
    const taken = new Set(this.taken.values());
    const extra = this.#variables.find((variable) => !taken.has(variable));
    if (!extra) return;
    const place = `${quoted(extra.fullName)} of shape [${extra.shape.join(", ")}]`;
    throw this.#misfit(`it has the unexpected variable ${place}`);
  }

  #misfit(reason: string): Error {
    return unreadableModel(
      this.#folder,
      `it is not a detector of the humpback family: ${reason}; a network of another family runs from ` +
        "a .onnx file (docs/detector.md)",
    );
  }
}

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
 * import { variableRole } from "./role_book.ts";
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

const KEY_PARTS = /^(keras_api|optimizer|\.OPTIMIZER_SLOT|loss_tracker|save_counter)$/;
const OPTIMIZERS = /^(optimizer|training|adam\w*|adagrad|adadelta|nadam|rmsprop|sgd|ftrl)(_\d+)?$/i;
const COUNTERS = new RegExp(
  "^((true|false)_(positives|negatives)|total|count|iter|iterations?|decay|learning_rate|" +
    "save_counter|global_step)(_\\d+)?$",
);

/**
 * Says whether a variable was left over from training: an optimizer's, a metric's or a counter.
 * The key tells where the exporter kept its tree, the full name where it kept a plain list.
 *
 * @param variable Its key and full name.
 * @returns Whether it plays no part in the network.
 */
export function isLeftover({ key, fullName }: Pick<Variable, "key" | "fullName">): boolean {
  const parts = fullName.replace(/:\d+$/, "").split("/");
  return key.split("/").some((part) => KEY_PARTS.test(part)) ||
    parts.some((part) => OPTIMIZERS.test(part)) || COUNTERS.test(parts.at(-1)!);
}
