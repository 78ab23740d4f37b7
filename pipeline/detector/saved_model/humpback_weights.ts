import type { PcenParameters } from "../front_end/mod.ts";

/** A convolution without bias, and the batch norm (without gamma) behind it. */
export interface ConvBn {
  /** `[height, width, in, out]`, in C order. */
  readonly kernel: Float32Array<ArrayBuffer>;
  readonly kernelShape: readonly [number, number, number, number];
  /** Each `[out]`. */
  readonly beta: Float32Array<ArrayBuffer>;
  readonly mean: Float32Array<ArrayBuffer>;
  readonly variance: Float32Array<ArrayBuffer>;
}

/** A bottleneck block: 1×1, 3×3, 1×1, plus the residual. */
export interface Block {
  /** Of the first 1×1 convolution and of the residual's. */
  readonly stride: 1 | 2;
  readonly main: readonly [ConvBn, ConvBn, ConvBn];
  /** The residual's convolution; without it the block's input is added as it is. */
  readonly residual?: ConvBn;
}

/** All that the network is made of; widths and numbers of layers are what was found. */
export interface HumpbackWeights {
  readonly pcen: PcenParameters;
  readonly stem: ConvBn;
  readonly groups: readonly (readonly Block[])[];
  /** Kernel `[features, classes]` and bias `[classes]`. */
  readonly dense: {
    readonly kernel: Float32Array<ArrayBuffer>;
    readonly bias: Float32Array<ArrayBuffer>;
  };
  readonly classCount: number;
  /** SHA-256 over roles, shapes and bytes, hex: the same however the weights are stored. */
  readonly weightsSha256: string;
}
