import * as tf from "@tensorflow/tfjs-core";
import { graphicsAdapter, hushVulkan } from "./graphics_adapter.ts";

/** What TensorFlow.js computes with. */
export interface TfjsBackend {
  readonly name: string;
  /** Whether this machine is one that it is for; it is not tried elsewhere. */
  suits?(): Promise<boolean>;
  /** Imports it, by which it registers itself. */
  load(): Promise<unknown>;
}

/**
 * The quickest first: a graphics processor through WebGPU, WebAssembly, and plain JavaScript where
 * neither can start.
 */
export const TFJS_BACKENDS: readonly TfjsBackend[] = [
  {
    name: "webgpu",
    // Where there is no graphics processor, drivers offer one made of software, which takes several
    // times as long as WebAssembly (docs/speed.md).
    suits: async () => (await graphicsAdapter())?.info.isFallbackAdapter === false,
    load: loadWebGpu,
  },
  { name: "wasm", load: () => import("@tensorflow/tfjs-backend-wasm") },
  { name: "cpu", load: () => import("@tensorflow/tfjs-backend-cpu") },
];

/**
 * Starts the first backend that suits the machine and can be started.
 *
 * @param backends In the order of trying.
 * @returns Its description.
 * @throws {Error} Where none can be started, with the last one's error.
 */
export async function startBackend(backends: readonly TfjsBackend[]): Promise<string> {
  // Keeps advice on other backends off stderr.
  tf.enableProdMode();
  let cause: unknown;
  for (const { name, suits, load } of backends) {
    try {
      if (suits && !await suits()) continue;
      await load();
      if (await tf.setBackend(name)) return await describe(name);
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`no backend could be started: ${cause ?? "each declined"}`, { cause });
}

async function loadWebGpu(): Promise<void> {
  hushVulkan();
  const { webgpu_util } = await import("@tensorflow/tfjs-backend-webgpu");
  // Left to itself it takes, for some shapes, one that adds in whatever order its threads end.
  const { MatMulPackedProgram } = webgpu_util.MatMulProgramType;
  tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", MatMulPackedProgram);
}

async function describe(name: string): Promise<string> {
  const named = `TensorFlow.js ${tf.version_core} ${name}`;
  if (name === "webgpu") return `${named}, ${(await graphicsAdapter())?.info.description}`;
  if (name !== "wasm") return named;
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return simd ? `${named} SIMD` : named;
}
