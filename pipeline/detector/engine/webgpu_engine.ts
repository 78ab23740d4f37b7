import { MegapteraError } from "../../../core/mod.ts";
import type { HumpbackWeights } from "../saved_model/mod.ts";
import type { Engine, EngineResult } from "./engine.ts";
import { foldNetwork } from "./tfjs_folded_network.ts";
import type { TfjsNetwork } from "./tfjs_network.ts";

/** Shapes decide which shaders run: with one length, no score depends on what shares its batch. */
const BATCH_WINDOWS = 4;

/**
 * TensorFlow.js on a graphics processor, through WebGPU, in 32-bit floats. It runs in the thread that
 * asks, which it hardly blocks: where a Worker that uses WebGPU ends shortly before the process
 * does, Deno 2.9.6 crashes about once in thirty times.
 */
export class WebGpuEngine implements Engine {
  readonly batchWindows: number = BATCH_WINDOWS;
  readonly description: string;
  readonly #network: TfjsNetwork;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  private constructor(network: TfjsNetwork, description: string) {
    this.#network = network;
    this.description = description;
  }

  /**
   * Loads a network.
   *
   * @param model The path of the `.onnx` file that `buildNetwork` made of it, or its variables.
   * @throws {MegapteraError} `configuration` where WebGPU or the network can't be loaded.
   */
  static async load(model: string | HumpbackWeights): Promise<WebGpuEngine> {
    try {
      const adapter = await graphicsAdapter();
      const [tf, { webgpu_util }, { TfjsNetwork }, { readOnnxNetwork }] = await Promise.all([
        import("@tensorflow/tfjs-core"),
        import("@tensorflow/tfjs-backend-webgpu"),
        import("./tfjs_network.ts"),
        import("./tfjs_read_onnx.ts"),
      ]);
      tf.enableProdMode();
      // Left to itself it takes, for some shapes, one that adds in whatever order its threads end.
      const { MatMulPackedProgram } = webgpu_util.MatMulProgramType;
      tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", MatMulPackedProgram);
      if (!adapter || !await tf.setBackend("webgpu")) throw new Error("there is no adapter");
      const network = typeof model === "string"
        ? readOnnxNetwork(await Deno.readFile(model))
        : foldNetwork(model).network;
      const description = `TensorFlow.js ${tf.version_core} webgpu, ${adapter.info.description}`;
      return new WebGpuEngine(new TfjsNetwork(network, BATCH_WINDOWS), description);
    } catch (cause) {
      throw fault("load", cause);
    }
  }

  run(windows: Float32Array<ArrayBuffer>): Promise<EngineResult> {
    const mine = this.#last.then(() => this.#runNow(windows)).catch((cause) => {
      throw fault("run", this.#isClosed ? new Error("it was closed") : cause);
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #runNow(windows: Float32Array): Promise<EngineResult> {
    if (this.#isClosed) throw new Error("it was closed");
    const result = await this.#network.run(windows);
    if (this.#isClosed) throw new Error("it was closed");
    return result;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#last.then(() => this.#network.close());
  }
}

function fault(what: "load" | "run", cause: unknown): MegapteraError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const attempt = `Cannot ${what} the network in TensorFlow.js on WebGPU`;
  return new MegapteraError("configuration", `${attempt}: ${reason}`, { cause });
}

/**
 * Finds the graphics processor that TensorFlow.js would take, by the same request.
 *
 * @returns Its adapter; nothing where Deno offers none.
 */
export async function graphicsAdapter(): Promise<GPUAdapter | undefined> {
  hushVulkan();
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  return adapter ?? undefined;
}

/** Sets a variable that Vulkan's drivers complain of on standard error where no session set it. */
function hushVulkan(): void {
  const variable = "XDG_RUNTIME_DIR";
  try {
    if (!Deno.env.get(variable)) Deno.env.set(variable, "/nonexistent");
  } catch {
    // Without the right to set it, they complain.
  }
}
