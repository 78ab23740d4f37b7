import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import type { RunRequest } from "./worker_client.ts";

/** The network, or the path of its `.onnx` file. */
export interface TfjsLoad {
  kind: "load";
  network: FoldedNetwork | string;
}

/** To the worker: first the network, then batches. */
export type TfjsRequest = TfjsLoad | RunRequest;
