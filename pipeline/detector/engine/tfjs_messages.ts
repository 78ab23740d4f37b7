import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import type { RunRequest } from "./worker_client.ts";

/** The network, or the path of its `.onnx` file. */
export interface TfjsLoad {
  kind: "load";
  network: FoldedNetwork | string;
  /** The only backend to take, whether it suits the machine or not. */
  backend?: string;
}

/** To the worker: first the network, then batches. */
export type TfjsRequest = TfjsLoad | RunRequest;
