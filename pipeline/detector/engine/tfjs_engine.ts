import { MegapteraError } from "../../errors.ts";
import type { HumpbackWeights } from "../saved_model/mod.ts";
import type { Engine, EngineResult } from "./engine.ts";
import { foldNetwork } from "./tfjs_folded_network.ts";
import type { TfjsReply, TfjsRequest } from "./tfjs_messages.ts";

const BATCH_WINDOWS = 4;

interface Waiting {
  resolve(reply: TfjsReply): void;
  reject(error: Error): void;
}

/**
 * The portable engine: TensorFlow.js in a Worker, on WebAssembly, one thread, in 32-bit floats. It
 * needs no native code, and takes several times as long as the native engine.
 */
export class TfjsEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  description = "";
  readonly #worker: Worker;
  readonly #waiting: Waiting[] = [];
  #ended?: string;

  private constructor() {
    this.#worker = new Worker(new URL("./tfjs_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<TfjsReply>) =>
      this.#waiting.shift()?.resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(event.message);
    };
  }

  /**
   * Loads a network.
   *
   * @param weights The network's variables; they are copied.
   * @throws {MegapteraError} `configuration` where TensorFlow.js can't be started.
   */
  static async load(weights: HumpbackWeights): Promise<TfjsEngine> {
    const engine = new TfjsEngine();
    try {
      const { network, buffers } = foldNetwork(weights);
      const reply = await engine.#ask({ kind: "load", network }, buffers);
      if (reply.kind === "loaded") engine.description = reply.description;
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
    this.#end("it was closed");
  }

  async #ask(request: TfjsRequest, transfer: Transferable[]): Promise<TfjsReply> {
    if (this.#ended !== undefined) throw engineError(request.kind, this.#ended);
    const reply = await new Promise<TfjsReply>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
    if (reply.kind === "failed") throw engineError(request.kind, reply.message);
    return reply;
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(engineError("run", reason));
  }
}

function engineError(what: TfjsRequest["kind"], reason: string): MegapteraError {
  return new MegapteraError(
    "configuration",
    `Cannot ${what} the network in TensorFlow.js: ${reason}`,
  );
}
