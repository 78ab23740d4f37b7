import * as tf from "@tensorflow/tfjs-core";
import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { EngineResult } from "./engine.ts";
import type { FoldedConv } from "./fold_batch_norm.ts";
import type { FoldedNetwork } from "./tfjs_folded_network.ts";

const WINDOW_VALUES = WINDOW_FRAMES * MEL_BANDS;

interface Conv {
  kernel: tf.Tensor4D;
  bias: tf.Tensor1D;
}

interface Block {
  stride: 1 | 2;
  residual?: Conv;
  main: readonly [Conv, Conv, Conv];
}

/**
 * Runs the detector's network in TensorFlow.js, on whichever backend is set. Its `same` padding is
 * TensorFlow's own. Layers: docs/detector.md.
 */
export class TfjsNetwork {
  readonly #stem: Conv;
  readonly #blocks: readonly Block[];
  readonly #dense: { kernel: tf.Tensor2D; bias: tf.Tensor1D };
  readonly #group: number | undefined;

  /**
   * Copies the weights into the backend's memory.
   *
   * @param network The weights.
   * @param group How many windows are computed together, whatever number is given at a time; as many
   * as are given by default.
   */
  constructor({ stem, blocks, dense }: FoldedNetwork, group?: number) {
    this.#stem = loadConv(stem);
    this.#blocks = blocks.map(({ stride, residual, main }) => ({
      stride,
      ...(residual ? { residual: loadConv(residual) } : {}),
      main: [loadConv(main[0]), loadConv(main[1]), loadConv(main[2])],
    }));
    const [width, classes] = dense.kernelShape;
    this.#dense = {
      kernel: tf.tensor2d(dense.kernel, [width, classes]),
      bias: tf.tensor1d(dense.bias),
    };
    this.#group = group;
  }

  /**
   * Scores a batch; keeps no memory of it.
   *
   * @param windows PCEN windows `[n, 128, 64]`.
   * @throws {RangeError} Where they are no whole number of windows.
   */
  async run(windows: Float32Array): Promise<Required<EngineResult>> {
    const count = windows.length / WINDOW_VALUES;
    if (!Number.isInteger(count)) {
      throw new RangeError(`windows hold 128 × 64 values each; ${windows.length} were given`);
    }
    const group = this.#group ?? count;
    const parts: Required<EngineResult>[] = [];
    for (let first = 0; first < count; first += group) {
      const values = windows.subarray(first * WINDOW_VALUES, (first + group) * WINDOW_VALUES);
      parts.push(await this.#runGroup(values, group));
    }
    const joined = (name: keyof EngineResult): Float32Array => {
      const width = parts[0][name].length / group;
      const all = new Float32Array(parts.length * parts[0][name].length);
      parts.forEach((part, i) => all.set(part[name], i * part[name].length));
      return all.subarray(0, count * width);
    };
    return { logits: joined("logits"), scores: joined("scores"), features: joined("features") };
  }

  /** Scores a group, filled up with silence where fewer windows are given. */
  async #runGroup(windows: Float32Array, count: number): Promise<Required<EngineResult>> {
    const whole = windows.length === count * WINDOW_VALUES
      ? windows
      : new Float32Array(count * WINDOW_VALUES);
    if (whole !== windows) whole.set(windows);
    const found = tf.tidy(() => {
      let x = tf.tensor4d(whole, [count, WINDOW_FRAMES, MEL_BANDS, 1]);
      x = convolve(x, this.#stem, 1, "relu");
      x = tf.maxPool(x, 3, 2, "same");
      for (const block of this.#blocks) x = runBlock(x, block);
      const features = tf.mean<tf.Tensor2D>(x, [1, 2]);
      const logits = tf.add(tf.matMul(features, this.#dense.kernel), this.#dense.bias);
      return { logits, scores: tf.sigmoid(logits), features };
    });
    // What a graphics processor computed can't be read at once.
    const read = async (tensor: tf.Tensor): Promise<Float32Array> =>
      Float32Array.from(await tensor.data());
    try {
      return {
        logits: await read(found.logits),
        scores: await read(found.scores),
        features: await read(found.features),
      };
    } finally {
      tf.dispose(found);
    }
  }

  /** Frees the weights. */
  close(): void {
    const convs = this.#blocks.flatMap(({ main, residual }) =>
      residual ? [...main, residual] : main
    );
    for (const { kernel, bias } of [this.#stem, ...convs, this.#dense]) tf.dispose([kernel, bias]);
  }
}

/** Turns ONNX's `[out, in, height, width]` into TensorFlow's `[height, width, in, out]`. */
function loadConv({ shape, weights, bias }: FoldedConv): Conv {
  const kernel = tf.tidy(() => tf.transpose(tf.tensor4d(weights, shape), [2, 3, 1, 0]));
  return { kernel, bias: tf.tensor1d(bias) };
}

function convolve(
  x: tf.Tensor4D,
  { kernel, bias }: Conv,
  strides: 1 | 2,
  activation: "relu" | "linear",
): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter: kernel, strides, pad: "same", bias, activation });
}

/** Runs a bottleneck block; its stride is in the first 1×1 convolution and in the residual's. */
function runBlock(x: tf.Tensor4D, { main, residual, stride }: Block): tf.Tensor4D {
  let y = convolve(x, main[0], stride, "relu");
  y = convolve(y, main[1], 1, "relu");
  y = convolve(y, main[2], 1, "linear");
  const shortcut = residual ? convolve(x, residual, stride, "linear") : x;
  return tf.relu(tf.add(y, shortcut));
}
