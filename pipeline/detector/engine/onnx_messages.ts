import type { EngineResult } from "./engine.ts";

/** To the worker: first the network (a file's path, or its bytes), then batches. */
export type OnnxRequest =
  | { kind: "load"; model: string | Uint8Array; threads: number }
  | { kind: "run"; windows: Float32Array };

/** From the worker: one answer a request, in order. */
export type OnnxReply =
  | { kind: "loaded"; version: string }
  | { kind: "result"; result: EngineResult }
  | { kind: "failed"; message: string };
