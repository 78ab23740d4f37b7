import type { RunRequest } from "./worker_client.ts";

/** Which tensors of a network carry what. */
export interface OnnxBinding {
  /** Name of the input; its only one by default. */
  input?: string;
  /** Shape of one window, after the batch's axis. */
  windowShape: readonly number[];
  /** Names of the outputs by what they are; the only output is the scores by default. */
  outputs: { scores?: string; logits?: string; features?: string };
  /** Whose fault it is where the network can't be loaded or run: of ours the installation's. */
  fault: "configuration" | "data";
}

/** A tensor that a network takes or gives. */
export interface OnnxTensorInfo {
  name: string;
  /** Such as `float32`. */
  type: string;
  /** Lengths of its axes, or names where they are free. */
  shape: readonly (number | string)[];
}

/** The network (a file's path, or its bytes), and the threads that it runs on. */
export interface OnnxLoad {
  kind: "load";
  model: string | Uint8Array;
  threads: number;
  binding: OnnxBinding;
}

/** To the worker: first the network, then batches. */
export type OnnxRequest = OnnxLoad | RunRequest;
