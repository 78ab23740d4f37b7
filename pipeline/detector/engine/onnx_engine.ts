import { MegapteraError } from "../../errors.ts";
import type { Engine, EngineResult } from "./engine.ts";
import type { OnnxReply, OnnxRequest } from "./onnx_messages.ts";

/** Larger batches gain nothing and take memory (docs/speed.md). */
const BATCH_WINDOWS = 4;

interface Waiting {
  resolve(reply: OnnxReply): void;
  reject(error: Error): void;
}

/**
 * The native engine: ONNX Runtime in a Worker, in 32-bit floats on the CPU. It loads native code,
 * which in Deno needs `--allow-ffi`.
 */
export class OnnxEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  description = "";
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];

  private constructor() {
    this.#worker = new Worker(new URL("./onnx_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<OnnxReply>) =>
      this.#waiting.shift()?.resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message);
    };
  }

  /**
   * Loads a network.
   *
   * @param model A `.onnx` file's path (takes less memory), or its bytes.
   * @param threads Threads that the network runs on, ≥ 1.
   * @throws {MegapteraError} `configuration` where the native library or the network can't be loaded.
   */
  static async load(model: string | Uint8Array, threads: number): Promise<OnnxEngine> {
    const engine = new OnnxEngine();
    try {
      const reply = await engine.#ask({ kind: "load", model, threads });
      if (reply.kind === "loaded") engine.description = `onnxruntime-node ${reply.version}`;
      return engine;
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    const reply = await this.#ask({ kind: "run", windows }, [windows.buffer]);
    if (reply.kind !== "result") {
      throw new TypeError(`The engine answered ${reply.kind} to a batch`);
    }
    return reply.result;
  }

  close(): void {
    this.#worker.terminate();
    this.#fail("it was closed");
  }

  async #ask(request: OnnxRequest, transfer: Transferable[] = []): Promise<OnnxReply> {
    const reply = await new Promise<OnnxReply>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
    if (reply.kind === "failed") throw engineError(request.kind, reply.message);
    return reply;
  }

  #fail(reason: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(engineError("run", reason));
  }
}

function engineError(what: OnnxRequest["kind"], reason: string): MegapteraError {
  const attempt = what === "load" ? "load the network" : "run the network";
  return new MegapteraError("configuration", `Cannot ${attempt} in onnxruntime-node: ${reason}`);
}
