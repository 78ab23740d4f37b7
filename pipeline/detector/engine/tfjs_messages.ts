import type { EngineResult } from "./engine.ts";
import type { FoldedNetwork } from "./tfjs_folded_network.ts";

/** To the worker: first the network, then batches. */
export type TfjsRequest =
  | { kind: "load"; network: FoldedNetwork }
  | { kind: "run"; windows: Float32Array };

/** From the worker: one answer a request, in order. */
export type TfjsReply =
  | { kind: "loaded"; description: string }
  | { kind: "result"; result: EngineResult }
  | { kind: "failed"; message: string };
