import type { Engine, EngineResult } from "./engine.ts";
import type { OnnxLoad } from "./onnx_messages.ts";
import { WorkerClient } from "./worker_client.ts";

/** Larger batches gain nothing and take memory (docs/speed.md). */
const BATCH_WINDOWS = 4;

/**
 * The native engine: ONNX Runtime in a Worker, in 32-bit floats on the CPU. It loads native code,
 * which in Deno needs `--allow-ffi`.
 */
export class OnnxEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  readonly description: string;
  readonly #client: WorkerClient<OnnxLoad>;

  private constructor(client: WorkerClient<OnnxLoad>, description: string) {
    this.#client = client;
    this.description = description;
  }

  /**
   * Loads a network.
   *
   * @param model A `.onnx` file's path (takes less memory), or its bytes.
   * @param threads Threads that the network runs on, ≥ 1.
   * @throws {MegapteraError} `configuration` where the native library or the network can't be loaded.
   */
  static async load(model: string | Uint8Array, threads: number): Promise<OnnxEngine> {
    const url = new URL("./onnx_worker.ts", import.meta.url);
    const client = new WorkerClient<OnnxLoad>(url, "onnxruntime-node");
    return new OnnxEngine(client, await client.load({ kind: "load", model, threads }));
  }

  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    return await this.#client.run(windows);
  }

  close(): void {
    this.#client.close();
  }
}
