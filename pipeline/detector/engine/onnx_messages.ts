import type { RunRequest } from "./worker_client.ts";

/** The network (a file's path, or its bytes), and the threads that it runs on. */
export interface OnnxLoad {
  kind: "load";
  model: string | Uint8Array;
  threads: number;
}

/** To the worker: first the network, then batches. */
export type OnnxRequest = OnnxLoad | RunRequest;
