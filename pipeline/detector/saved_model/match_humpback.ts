import { createHash } from "node:crypto";
import { MEL_BANDS } from "../front_end/mod.ts";
import { badModel } from "./bad_model.ts";
import type { Checkpoint, Variable } from "./checkpoint.ts";
import type { Block, ConvBn, HumpbackWeights } from "./humpback_weights.ts";
import { isLeftover, roleOf } from "./names.ts";

const GROUPS = ["group", "group_1", "group_2", "group_3"];

/** Takes variables by their role, checks their shapes, and adds them to the hash of the weights. */
class Roles {
  readonly #hash = createHash("sha256");
  readonly #left: Map<string, Variable>;

  constructor(readonly checkpoint: Checkpoint, readonly path: string) {
    this.#left = new Map();
    for (const variable of checkpoint.variables) {
      if (isLeftover(variable.key, variable.fullName)) continue;
      const role = roleOf(variable.fullName) ?? `?${variable.fullName}`;
      const twin = this.#left.get(role);
      if (twin) {
        throw this.fault(`two variables have one role: ${twin.fullName} and ${variable.fullName}`);
      }
      this.#left.set(role, variable);
    }
  }

  fault(reason: string): Error {
    return badModel(this.path, `it is not a detector of the humpback_whale family: ${reason}`);
  }

  has(role: string): boolean {
    return this.#left.has(role);
  }

  /** Shape of a variable that must be there. */
  shape(role: string): readonly number[] {
    const variable = this.#left.get(role);
    if (!variable) throw this.fault(`the variable ${role} is missing`);
    return variable.shape;
  }

  /** Reads a variable that must be there and of a shape. */
  async take(role: string, expected: readonly number[]): Promise<Float32Array<ArrayBuffer>> {
    const shape = this.shape(role);
    const variable = this.#left.get(role)!;
    if (shape.length !== expected.length || shape.some((length, i) => length !== expected[i])) {
      throw this.fault(`${variable.fullName} has the shape [${shape}], not [${expected}]`);
    }
    const values = await this.checkpoint.read(variable.key);
    this.#left.delete(role);
    this.#hash.update(`${role} [${shape}]\n`).update(new Uint8Array(values.buffer));
    return values;
  }

  /** Ends the hash; a variable that nothing took is one too many. */
  finish(): string {
    const [unexpected] = this.#left.values();
    if (unexpected) throw this.fault(`the variable ${unexpected.fullName} is unexpected`);
    return this.#hash.digest("hex");
  }
}

/**
 * Tells which variable of a checkpoint is what to the network, and reads them all. Variables are
 * matched by the role in their full names, their shapes and their number; the number of blocks and
 * all widths are read from them.
 *
 * @param checkpoint The checkpoint.
 * @param path How to name it in errors.
 * @returns The network's weights.
 * @throws {MegapteraError} `data`, naming the first variable that is missing, of another shape, or
 * unexpected.
 */
export async function matchHumpback(
  checkpoint: Checkpoint,
  path: string,
): Promise<HumpbackWeights> {
  const roles = new Roles(checkpoint, path);
  const pcen = await takePcen(roles);
  const stem = await takeConv(roles, "stem", "conv", "batch_normalization", [7, 7, 1]);
  const groups: Block[][] = [];
  let width = stem.kernelShape[3];
  for (const [index, group] of GROUPS.entries()) {
    const blocks: Block[] = [];
    for (
      let block = 0;
      block === 0 || roles.has(`${group}/block_${block}/conv_bottleneck/kernel`);
      block++
    ) {
      const name = `${group}/${block === 0 ? "block_widen" : `block_${block}`}`;
      blocks.push(await takeBlock(roles, name, width, block === 0 && index > 0 ? 2 : 1));
      width = blocks[block].main[2].kernelShape[3];
    }
    groups.push(blocks);
  }
  const classCount = roles.shape("dense/bias")[0];
  const kernel = await roles.take("dense/kernel", [width, classCount]);
  const bias = await roles.take("dense/bias", [classCount]);
  const weightsSha256 = roles.finish();
  return { pcen, stem, groups, dense: { kernel, bias }, classCount, weightsSha256 };
}

async function takePcen(roles: Roles): Promise<HumpbackWeights["pcen"]> {
  const [alpha, delta, root] = [
    await roles.take("pcen/alpha", [MEL_BANDS]),
    await roles.take("pcen/delta", [MEL_BANDS]),
    await roles.take("pcen/root", [MEL_BANDS]),
  ];
  const input = await roles.take("pcen/kernel", [MEL_BANDS, MEL_BANDS]);
  const recurrent = await roles.take("pcen/recurrent_kernel", [MEL_BANDS, MEL_BANDS]);
  const smoothing = input[0];
  const isDiagonal = (matrix: Float32Array, value: number): boolean =>
    matrix.every((cell, i) => Math.abs(cell - (i % (MEL_BANDS + 1) === 0 ? value : 0)) < 1e-6);
  const fits = smoothing > 0 && smoothing < 1 && isDiagonal(input, smoothing) &&
    isDiagonal(recurrent, 1 - smoothing);
  if (!fits) throw roles.fault("pcen's recurrent layer is not s·I and (1 − s)·I");
  return { alpha, delta, root, smoothing };
}

async function takeBlock(roles: Roles, name: string, width: number, stride: 1 | 2): Promise<Block> {
  const layer = (suffix: string, size: number, inputs: number): Promise<ConvBn> =>
    takeConv(roles, name, `conv${suffix}`, `batch_normalization${suffix}`, [size, size, inputs]);
  const bottleneck = await layer("_bottleneck", 1, width);
  const middle = await layer("", 3, bottleneck.kernelShape[3]);
  const output = await layer("_output", 1, middle.kernelShape[3]);
  const main: Block["main"] = [bottleneck, middle, output];
  const widens = roles.has(`${name}/conv_residual/kernel`);
  const residual = widens ? await layer("_residual", 1, width) : undefined;
  const added = residual?.kernelShape[3] ?? width;
  if (added !== output.kernelShape[3] || (stride === 2 && !residual)) {
    throw roles.fault(`${name} adds ${added} channels to ${output.kernelShape[3]}`);
  }
  return residual ? { stride, main, residual } : { stride, main };
}

async function takeConv(
  roles: Roles,
  layer: string,
  conv: string,
  norm: string,
  kernelShape: readonly [number, number, number],
): Promise<ConvBn> {
  const outputs = roles.shape(`${layer}/${conv}/kernel`)[3] ?? 0;
  return {
    kernel: await roles.take(`${layer}/${conv}/kernel`, [...kernelShape, outputs]),
    kernelShape: [...kernelShape, outputs],
    beta: await roles.take(`${layer}/${norm}/beta`, [outputs]),
    mean: await roles.take(`${layer}/${norm}/moving_mean`, [outputs]),
    variance: await roles.take(`${layer}/${norm}/moving_variance`, [outputs]),
  };
}
