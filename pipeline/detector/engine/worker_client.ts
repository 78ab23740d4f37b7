import { type FaultKind, MegapteraError } from "../../../core/mod.ts";
import type { EngineResult } from "./engine.ts";
import type { FoldedNetwork } from "./tfjs_folded_network.ts";

/** Facts that an engine's worker tells of the network that it loaded. */
interface Loaded {
  kind: "loaded";
  /** Name of the engine, and its version. */
  description: string;
  /** Tensors that the network takes and gives, where the engine can tell. */
  inputs?: readonly OnnxTensorInfo[];
  outputs?: readonly OnnxTensorInfo[];
}

/** Answer of an engine's worker; one a request, in order. */
export type WorkerReply =
  | Loaded
  | { kind: "result"; result: EngineResult }
  | { kind: "failed"; message: string; fault?: FaultKind };

/** Request to run a batch, after that to load the network. */
interface RunRequest {
  kind: "run";
  windows: Float32Array;
}

interface Waiting {
  resolve(reply: WorkerReply): void;
  reject(error: Error): void;
}

/** Asks an engine's worker, and hands each answer to who asked. */
export class WorkerClient<LoadRequest extends { kind: "load" }> {
  readonly #worker: Worker;
  readonly #library: string;
  readonly #waiting: Waiting[] = [];
  #ended?: string;

  /**
   * @param url The worker's module.
   * @param library What it runs, for the sentence of a fault.
   */
  constructor(url: URL, library: string) {
    this.#library = library;
    this.#worker = new Worker(url, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply>) =>
      this.#waiting.shift()?.resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(event.message);
    };
  }

  /** Loads a network; ends the worker where that fails. */
  async load(request: LoadRequest, transfer: Transferable[] = []): Promise<Loaded> {
    try {
      const reply = await this.#ask(request, transfer);
      if (reply.kind === "loaded") return reply;
      throw new TypeError(`The engine answered ${reply.kind} to a network`);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Scores a batch; its buffer is handed over. */
  async run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    const reply = await this.#ask({ kind: "run", windows }, [windows.buffer]);
    if (reply.kind === "result") return reply.result;
    throw new TypeError(`The engine answered ${reply.kind} to a batch`);
  }

  /** Ends the worker; whatever was asked of it, or will be, is rejected. */
  close(): void {
    this.#worker.terminate();
    this.#end("it was closed");
  }

  async #ask(request: LoadRequest | RunRequest, transfer: Transferable[]): Promise<WorkerReply> {
    if (this.#ended !== undefined) throw this.#error(request.kind, this.#ended);
    const reply = await new Promise<WorkerReply>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
    if (reply.kind === "failed") throw this.#error(request.kind, reply.message, reply.fault);
    return reply;
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#error("run", reason));
  }

  #error(
    what: "load" | "run",
    reason: string,
    fault: FaultKind = "configuration",
  ): MegapteraError {
    const attempt = `Cannot ${what} the network in ${this.#library}`;
    return new MegapteraError(fault, `${attempt}: ${reason}`);
  }
}

/** Names of a network's tensors by what they carry. */
export interface OnnxBinding {
  /** Name of the input; its only one by default. */
  input?: string;
  /** Shape of one window, after the batch's axis. */
  windowShape: readonly number[];
  /** Names of the outputs by what they are; the only output is the scores by default. */
  outputs: { scores?: string; logits?: string; features?: string };
  /** Kind of fault where the network can't be loaded or run: of ours the installation's. */
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

/** Request to the worker: first the network, then batches. */
export type OnnxRequest = OnnxLoad | RunRequest;

/** The network, or the path of its `.onnx` file. */
export interface TfjsLoad {
  kind: "load";
  network: FoldedNetwork | string;
}

/** Request to the worker: first the network, then batches. */
export type TfjsRequest = TfjsLoad | RunRequest;
