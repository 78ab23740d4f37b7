/** What runs the network. */
export type { Engine, EngineResult } from "./engine.ts";
export { OnnxEngine } from "./onnx_engine.ts";
export { loadPortable } from "./portable_engine.ts";
export { TfjsEngine } from "./tfjs_engine.ts";
export { WebGpuEngine } from "./webgpu_engine.ts";
export type { OnnxTensorInfo } from "./onnx_messages.ts";
