import * as tf from "@tensorflow/tfjs-core";
import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/geometry.ts";
import { startBackend, type TfjsBackend } from "./tfjs_backend.ts";
import type { FoldedNetwork } from "./tfjs_folded_network.ts";
import { TfjsNetwork } from "./tfjs_network.ts";

/** Twenty times what float32 implementations of the full-size network differ by. */
const AGREEMENT = 2e-3;

/** A network that is loaded, and what computes it. */
export interface StartedNetwork {
  network: TfjsNetwork;
  /** TensorFlow.js, its version and the backend. */
  description: string;
}

/**
 * Starts a backend and loads a network into it. A graphics processor is believed only where it
 * agrees with the next backend on a window: a driver that computes wrongly, or a shader that does
 * not compile, would go unseen in the scores.
 *
 * @param folded The network.
 * @param backends In the order of trying.
 * @returns The network, ready to run.
 * @throws {Error} Where no backend can be started.
 */
export async function startNetwork(
  folded: FoldedNetwork,
  backends: readonly TfjsBackend[],
): Promise<StartedNetwork> {
  const description = await startBackend(backends);
  const network = new TfjsNetwork(folded);
  const name = tf.getBackend();
  const others = backends.slice(backends.findIndex((backend) => backend.name === name) + 1);
  if (name !== "webgpu" || others.length === 0) return { network, description };
  const found = await tryWindow(network);
  const other = { description: await startBackend(others), network: new TfjsNetwork(folded) };
  const expected = await tryWindow(other.network);
  if (!found || !expected || !agree(found, expected)) return other;
  other.network.close();
  await tf.setBackend(name);
  return { network, description };
}

/** Features and logits of a window without meaning; nothing where it can't be computed. */
async function tryWindow(network: TfjsNetwork): Promise<number[] | undefined> {
  const window = Float32Array.from(
    { length: WINDOW_FRAMES * MEL_BANDS },
    (_, i) => 1 + Math.sin(i * i),
  );
  try {
    const { features, logits } = await network.run(window);
    return [...features, ...logits];
  } catch {
    return undefined;
  }
}

function agree(found: readonly number[], expected: readonly number[]): boolean {
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return expected.every((value, i) => Math.abs(found[i] - value) <= AGREEMENT * scale);
}
