import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { Block, ConvBn, HumpbackWeights } from "../saved_model/mod.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { OnnxGraph } from "./onnx_graph.ts";

/** Names of the network's input and outputs. */
export const NETWORK = {
  windows: "windows",
  features: "features",
  logits: "logits",
  scores: "scores",
} as const;

/**
 * Builds the detector's network as an ONNX model, batch norms folded. Widths and the number of
 * layers are those of the weights, so that the full detector and the demo share it.
 *
 * Input `windows` `[n, 1, 128, 64]` (PCEN, time by mel); outputs `features` `[n, width]`, `logits`
 * and `scores` `[n, classes]`. Layers: docs/detector.md.
 *
 * @param weights The network's variables.
 * @returns The bytes of a `.onnx` file.
 */
export function buildNetwork(weights: HumpbackWeights): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  let x = graph.input(NETWORK.windows, ["n", 1, WINDOW_FRAMES, MEL_BANDS]);
  x = graph.node("Relu", [convolve(graph, x, weights.stem, 1)]);
  // TensorFlow's SAME pads an even length after its end only.
  x = graph.node("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2], pads: [0, 0, 1, 1] });
  for (const block of weights.groups.flat()) x = addBlock(graph, x, block);
  x = graph.node("GlobalAveragePool", [x]);
  const features = graph.node("Flatten", [x], { axis: 1 }, NETWORK.features);
  const { kernel, bias } = weights.dense;
  const classes = bias.length;
  const width = kernel.length / classes;
  const dense = [graph.tensor([width, classes], kernel), graph.tensor([classes], bias)];
  const logits = graph.node("Gemm", [features, ...dense], {}, NETWORK.logits);
  const scores = graph.node("Sigmoid", [logits], {}, NETWORK.scores);
  graph.output(features, ["n", width]);
  graph.output(logits, ["n", classes]);
  graph.output(scores, ["n", classes]);
  return graph.encode();
}

/** A convolution with SAME padding for odd kernels; for 1×1 that is none. */
function convolve(graph: OnnxGraph, x: string, conv: ConvBn, stride: number): string {
  const { shape, weights, bias } = foldBatchNorm(conv);
  const [, , height, width] = shape;
  const [padTime, padMel] = [(height - 1) / 2, (width - 1) / 2];
  return graph.node("Conv", [x, graph.tensor(shape, weights), graph.tensor([shape[0]], bias)], {
    kernel_shape: [height, width],
    strides: [stride, stride],
    pads: [padTime, padMel, padTime, padMel],
  });
}

/** A bottleneck block; its stride is in the first 1×1 convolution and in the residual's. */
function addBlock(graph: OnnxGraph, x: string, { main, residual, stride }: Block): string {
  let y = graph.node("Relu", [convolve(graph, x, main[0], stride)]);
  y = graph.node("Relu", [convolve(graph, y, main[1], 1)]);
  y = convolve(graph, y, main[2], 1);
  const shortcut = residual ? convolve(graph, x, residual, stride) : x;
  return graph.node("Relu", [graph.node("Add", [y, shortcut])]);
}
