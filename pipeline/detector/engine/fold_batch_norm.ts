import type { ConvBn } from "../saved_model/mod.ts";

/** Keeps the division finite; the published network's constant. */
const EPSILON = 1e-4;

/** A convolution with bias, as ONNX lays it out. */
export interface FoldedConv {
  /** `[out, in, height, width]`. */
  shape: [number, number, number, number];
  weights: Float32Array<ArrayBuffer>;
  /** `[out]`. */
  bias: Float32Array<ArrayBuffer>;
}

/**
 * Folds a batch norm without gamma into the convolution before it:
 * `W' = W / sqrt(variance + 1e-4)`, `b' = beta − mean / sqrt(variance + 1e-4)`, and turns the kernel
 * from TensorFlow's `[height, width, in, out]` to ONNX's `[out, in, height, width]`.
 *
 * @param conv A convolution without bias and its batch norm.
 * @returns The same in one.
 */
export function foldBatchNorm({ kernel, kernelShape, beta, mean, variance }: ConvBn): FoldedConv {
  const [height, width, inputs, outputs] = kernelShape;
  const weights = new Float32Array(kernel.length);
  const bias = new Float32Array(outputs);
  for (let out = 0; out < outputs; out++) {
    const scale = 1 / Math.sqrt(variance[out] + EPSILON);
    bias[out] = beta[out] - mean[out] * scale;
    for (let input = 0; input < inputs; input++) {
      for (let cell = 0; cell < height * width; cell++) {
        weights[(out * inputs + input) * height * width + cell] =
          kernel[(cell * inputs + input) * outputs + out] * scale;
      }
    }
  }
  return { shape: [outputs, inputs, height, width], weights, bias };
}
