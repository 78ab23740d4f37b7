/**
 * Runs networks: by onnxruntime, by WebAssembly, on a graphics card.
 *
 * @module
 */
export { buildNetwork, NETWORK } from "./build_network.ts";
export type { Engine, EngineResult } from "./engine.ts";
export { foldBatchNorm, type FoldedConv } from "./fold_batch_norm.ts";
export { OnnxEngine } from "./onnx_engine.ts";
export { loadPortable } from "./portable_engine.ts";
export { TfjsEngine } from "./tfjs_engine.ts";
export { WebGpuEngine } from "./webgpu_engine.ts";
export type { OnnxTensorInfo } from "./worker_client.ts";
