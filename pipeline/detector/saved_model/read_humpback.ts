import { createHash } from "node:crypto";
import { MEL_BANDS } from "../front_end/mod.ts";
import type { Checkpoint, Variable } from "./checkpoint.ts";
import { type ConvVariables, matchHumpback } from "./match_humpback.ts";
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

/**
 * Checks that values are finite: a network that diverged in training would score nothing but NaN.
 */
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

/** Far more than float32 rounds off, far less than could change a score. */
const TOLERANCE = 1e-6;

/**
 * Reads how much PCEN smooths. Its smoother is stored as a recurrent layer,
 * `m[t] = x[t]·K + m[t−1]·R`, whose matrices must be `K = s·I` and `R = (1 − s)·I`.
 *
 * @param kernel K, `[64, 64]`.
 * @param recurrentKernel R, `[64, 64]`.
 * @param path The model's folder, for the fault's sentence.
 * @returns `s`, the weight of the newest frame, 0 < s < 1.
 * @throws {MegapteraError} `data` where the matrices are others.
 */
function readSmoothing(
  kernel: Float32Array,
  recurrentKernel: Float32Array,
  path: string,
): number {
  const s = kernel[0];
  if (!(s > 0 && s < 1)) {
    throw unreadableModel(path, `PCEN's smoothing is not between 0 and 1: ${s} was found`);
  }
  const matrices = [
    { name: "kernel", values: kernel, diagonal: s },
    { name: "recurrent_kernel", values: recurrentKernel, diagonal: 1 - s },
  ];
  for (const { name, values, diagonal } of matrices) {
    for (let i = 0; i < values.length; i++) {
      const [row, column] = [Math.floor(i / MEL_BANDS), i % MEL_BANDS];
      const expected = row === column ? diagonal : 0;
      if (!(Math.abs(values[i] - expected) <= TOLERANCE)) {
        throw unreadableModel(
          path,
          `PCEN's ${name} does not smooth each band alone by ${s}: ` +
            `${values[i]} at row ${row} and column ${column} should be ${expected}`,
        );
      }
    }
  }
  return s;
}

/** A convolution without bias, and the batch norm without gamma that follows it. */
export interface ConvBn {
  /** `[height, width, in, out]`. */
  readonly kernel: Float32Array<ArrayBuffer>;
  readonly kernelShape: readonly [height: number, width: number, inputs: number, outputs: number];
  /** `[out]`. */
  readonly beta: Float32Array<ArrayBuffer>;
  /** Moving mean, `[out]`. */
  readonly mean: Float32Array<ArrayBuffer>;
  /** Moving variance, `[out]`. */
  readonly variance: Float32Array<ArrayBuffer>;
}

/** A bottleneck block: 1×1, 3×3 and 1×1 convolutions beside a shortcut. */
export interface Block {
  /** Stride of the first 1×1 convolution and of the shortcut's. */
  readonly stride: 1 | 2;
  /** The shortcut's 1×1 convolution; the shortcut is the input itself where there is none. */
  readonly residual?: ConvBn;
  readonly main: readonly [bottleneck: ConvBn, conv: ConvBn, output: ConvBn];
}

/** The learned constants of the front end, each vector `[64]`. */
export interface PcenWeights {
  readonly alpha: Float32Array<ArrayBuffer>;
  readonly delta: Float32Array<ArrayBuffer>;
  readonly root: Float32Array<ArrayBuffer>;
  /** Weight of the newest frame in the smoother, 0 < smoothing < 1. */
  readonly smoothing: number;
}

/** Weights of a detector of the humpback family, by what they do. */
export interface HumpbackWeights {
  readonly pcen: PcenWeights;
  readonly stem: ConvBn;
  /** Groups of blocks, from the input to the output. */
  readonly groups: readonly (readonly Block[])[];
  readonly dense: {
    /** `[features, classes]`. */
    readonly kernel: Float32Array<ArrayBuffer>;
    readonly kernelShape: readonly [features: number, classes: number];
    /** `[classes]`. */
    readonly bias: Float32Array<ArrayBuffer>;
  };
  readonly classCount: number;
}
