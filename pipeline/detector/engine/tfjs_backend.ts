import * as tf from "@tensorflow/tfjs-core";

/** Part of TensorFlow.js that computes. */
export interface TfjsBackend {
  readonly name: string;
  /** Imports it, by which it registers itself. */
  load(): Promise<unknown>;
}

/** The quickest first: WebAssembly, and plain JavaScript where that can't start. */
export const TFJS_BACKENDS: readonly TfjsBackend[] = [
  { name: "wasm", load: () => import("@tensorflow/tfjs-backend-wasm") },
  { name: "cpu", load: () => import("@tensorflow/tfjs-backend-cpu") },
];

/**
 * Starts the first backend that can be started.
 *
 * @param backends In the order of trying.
 * @returns Its description.
 * @throws {Error} Where none can be started, with the last one's error.
 */
export async function startBackend(backends: readonly TfjsBackend[]): Promise<string> {
  // Keeps advice on other backends off stderr.
  tf.enableProdMode();
  let cause: unknown;
  for (const { name, load } of backends) {
    try {
      await load();
      if (await tf.setBackend(name)) return await describe(name);
    } catch (error) {
      cause = error;
    }
  }
  throw new Error(`no backend could be started: ${cause ?? "each declined"}`, { cause });
}

async function describe(name: string): Promise<string> {
  const named = `TensorFlow.js ${tf.version_core} ${name}`;
  if (name !== "wasm") return named;
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return simd ? `${named} SIMD` : named;
}
