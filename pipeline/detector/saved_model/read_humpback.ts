import { createHash } from "node:crypto";
import type { Checkpoint, Variable } from "./checkpoint.ts";
import type { Block, ConvBn, HumpbackWeights } from "./humpback_weights.ts";
import { type ConvVariables, matchHumpback } from "./match_humpback.ts";
import { readSmoothing } from "./read_smoothing.ts";
import { quoted, unreadableModel } from "./unreadable_model.ts";

/** A detector as read from its SavedModel. */
export interface SavedModel extends HumpbackWeights {
  /** SHA-256 over the weights by role, hex; the same however they are spelled and stored. */
  readonly weightsSha256: string;
  /** The variables that make it up, from the input to the output. */
  readonly variables: readonly Variable[];
}

/**
 * Reads a detector's weights out of a checkpoint.
 *
 * Their SHA-256 is over, role by role from the input to the output, the line
 * `role [length, length, …]` with a line feed and the values as little-endian 32-bit floats.
 *
 * @param checkpoint An opened checkpoint.
 * @returns The weights by what they do.
 * @throws {MegapteraError} `data` where a variable doesn't fit or is damaged.
 */
export async function readHumpback(checkpoint: Checkpoint): Promise<SavedModel> {
  const { pcen, stem, groups, dense, byRole } = matchHumpback(checkpoint);
  const values = new Map<Variable, Float32Array<ArrayBuffer>>();
  const hash = createHash("sha256");
  for (const [role, variable] of byRole) {
    const read = await checkpoint.read(variable.key);
    checkValues(read, role, variable, checkpoint.folder);
    hash.update(`${role} [${variable.shape.join(", ")}]\n`).update(new Uint8Array(read.buffer));
    values.set(variable, read);
  }
  const of = (variable: Variable): Float32Array<ArrayBuffer> => values.get(variable)!;
  const conv = ({ kernel, beta, mean, variance }: ConvVariables): ConvBn => ({
    kernel: of(kernel),
    kernelShape: kernel.shape as unknown as ConvBn["kernelShape"],
    beta: of(beta),
    mean: of(mean),
    variance: of(variance),
  });
  const [features, classCount] = dense.kernel.shape;
  return {
    pcen: {
      alpha: of(pcen.alpha),
      delta: of(pcen.delta),
      root: of(pcen.root),
      smoothing: readSmoothing(of(pcen.kernel), of(pcen.recurrentKernel), checkpoint.folder),
    },
    stem: conv(stem),
    groups: groups.map((blocks, group) =>
      blocks.map(({ residual, main: [bottleneck, middle, output] }, block): Block => ({
        stride: group > 0 && block === 0 ? 2 : 1,
        ...(residual && { residual: conv(residual) }),
        main: [conv(bottleneck), conv(middle), conv(output)],
      }))
    ),
    dense: {
      kernel: of(dense.kernel),
      kernelShape: [features, classCount],
      bias: of(dense.bias),
    },
    classCount,
    weightsSha256: hash.digest("hex"),
    variables: [...byRole.values()],
  };
}

/** A network that diverged in training would score nothing but NaN. */
function checkValues(
  values: Float32Array,
  role: string,
  { fullName }: Variable,
  folder: string,
): void {
  const least = role.endsWith("/moving_variance") ? 0 : -Infinity;
  for (let i = 0; i < values.length; i++) {
    // The difference is NaN for infinities and NaN, which are equal to nothing.
    if (values[i] - values[i] !== 0 || values[i] < least) {
      const found = `${values[i]} as its value ${i}`;
      throw unreadableModel(folder, `its variable ${quoted(fullName)} has ${found}`);
    }
  }
}
