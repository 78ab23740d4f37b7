import type { HumpbackWeights } from "../saved_model/mod.ts";
import type { Engine, EngineResult } from "./engine.ts";
import { foldNetwork } from "./tfjs_folded_network.ts";
import { type TfjsLoad, WorkerClient } from "./worker_client.ts";

/** Fewer are up to twice as slow; more take memory. */
const BATCH_WINDOWS = 4;

/**
 * TensorFlow.js in a Worker, on WebAssembly, one thread, in 32-bit floats. It needs no native code,
 * and takes several times as long as the native engine.
 */
export class TfjsEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  readonly description: string;
  readonly #client: WorkerClient<TfjsLoad>;

  private constructor(client: WorkerClient<TfjsLoad>, description: string) {
    this.#client = client;
    this.description = description;
  }

  /**
   * Loads a network.
   *
   * @param model The path of the `.onnx` file that `buildNetwork` made of it (takes less memory), or
   * its variables, which are copied.
   * @throws {MegapteraError} `configuration` where TensorFlow.js or the network can't be loaded.
   */
  static async load(model: string | HumpbackWeights): Promise<TfjsEngine> {
    const { network, buffers } = typeof model === "string"
      ? { network: model, buffers: [] }
      : foldNetwork(model);
    const url = new URL("./tfjs_worker.ts", import.meta.url);
    const client = new WorkerClient<TfjsLoad>(url, "TensorFlow.js");
    const { description } = await client.load({ kind: "load", network }, buffers);
    return new TfjsEngine(client, description);
  }

  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    return await this.#client.run(windows);
  }

  close(): void {
    this.#client.close();
  }
}
