/** The detector's network: from its variables to an ONNX model. */
export { buildNetwork, NETWORK } from "./build_network.ts";
export { foldBatchNorm, type FoldedConv } from "./fold_batch_norm.ts";
