import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import { NETWORK } from "./build_network.ts";
import type { Engine, EngineResult } from "./engine.ts";
import {
  type OnnxBinding,
  type OnnxLoad,
  type OnnxTensorInfo,
  WorkerClient,
} from "./worker_client.ts";

/** Larger batches gain nothing and take memory (docs/speed.md). */
const BATCH_WINDOWS = 4;

/** Tensor names of the network that `buildNetwork` makes. */
const FAMILY: OnnxBinding = {
  input: NETWORK.windows,
  windowShape: [1, WINDOW_FRAMES, MEL_BANDS],
  outputs: { scores: NETWORK.scores, logits: NETWORK.logits, features: NETWORK.features },
  fault: "configuration",
};

/**
 * Runs the network natively: ONNX Runtime in a Worker, in 32-bit floats on the CPU. It loads native
 * code, which in Deno needs `--allow-ffi`.
 */
export class OnnxEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  readonly description: string;
  /** Tensors that the network takes. */
  readonly inputs: readonly OnnxTensorInfo[];
  /** Tensors that the network gives. */
  readonly outputs: readonly OnnxTensorInfo[];
  readonly #client: WorkerClient<OnnxLoad>;

  private constructor(
    client: WorkerClient<OnnxLoad>,
    { description, inputs = [], outputs = [] }: Awaited<ReturnType<typeof client.load>>,
  ) {
    this.#client = client;
    this.description = description;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Loads a network.
   *
   * @param model A `.onnx` file's path (takes less memory), or its bytes.
   * @param threads Threads that the network runs on, ≥ 1.
   * @param binding Which of its tensors carry what; those of `buildNetwork` by default.
   * @throws {MegapteraError} `configuration` where the native library can't be loaded; the binding's
   * fault where the network can't.
   */
  static async load(
    model: string | Uint8Array,
    threads: number,
    binding: OnnxBinding = FAMILY,
  ): Promise<OnnxEngine> {
    const url = new URL("./onnx_worker.ts", import.meta.url);
    const client = new WorkerClient<OnnxLoad>(url, "onnxruntime-node");
    return new OnnxEngine(client, await client.load({ kind: "load", model, threads, binding }));
  }

  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    return await this.#client.run(windows);
  }

  close(): void {
    this.#client.close();
  }
}
