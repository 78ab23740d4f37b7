/** What runs the network. */
export type { Engine, EngineResult } from "./engine.ts";
export { OnnxEngine } from "./onnx_engine.ts";
export { TfjsEngine } from "./tfjs_engine.ts";
