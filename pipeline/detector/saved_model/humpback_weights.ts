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
  /** Of the first 1×1 convolution and of the shortcut's. */
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

/** All weights of a detector of the humpback family, by what they do. */
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
