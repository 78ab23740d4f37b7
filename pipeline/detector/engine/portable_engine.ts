import { MEL_BANDS, WINDOW_FRAMES } from "../front_end/mod.ts";
import type { HumpbackWeights } from "../saved_model/mod.ts";
import type { Engine } from "./engine.ts";
import { TfjsEngine } from "./tfjs_engine.ts";
import { graphicsAdapter, WebGpuEngine } from "./webgpu_engine.ts";

/** Twenty times what float32 implementations of the full-size network differ by. */
const AGREEMENT = 2e-3;

/**
 * Loads a network into the portable engine: TensorFlow.js, on a graphics processor where Deno offers
 * one, else on WebAssembly.
 *
 * @param model The path of the `.onnx` file that `buildNetwork` made of it, or its variables.
 * @returns The engine.
 * @throws {MegapteraError} `configuration` where TensorFlow.js or the network can't be loaded.
 */
export async function loadPortable(model: string | HumpbackWeights): Promise<Engine> {
  const portable = await TfjsEngine.load(model);
  // Where there is no graphics processor, drivers offer one made of software, which takes several
  // times as long as WebAssembly (docs/speed.md).
  const adapter = await graphicsAdapter();
  if (!adapter || adapter.info.isFallbackAdapter) return portable;
  const graphics = await WebGpuEngine.load(model).catch(() => undefined);
  return graphics ? await believe(graphics, portable) : portable;
}

/**
 * Takes the quicker of two engines where it agrees with the other on a window: a driver that
 * computes wrongly, or a shader that does not compile, would go unseen in the scores.
 *
 * @param quick The quicker engine.
 * @param sure The one to agree with.
 * @returns One of them; the other is closed.
 */
export async function believe(quick: Engine, sure: Engine): Promise<Engine> {
  const [found, expected] = [await tryWindow(quick), await tryWindow(sure)];
  const isRight = expected.length > 0 && expected.every((values, i) => agree(found[i], values));
  (isRight ? sure : quick).close();
  return isRight ? quick : sure;
}

/** Runs an engine on a window without meaning; gives nothing where it can't. */
async function tryWindow(engine: Engine): Promise<Float32Array[]> {
  const window = Float32Array.from(
    { length: WINDOW_FRAMES * MEL_BANDS },
    (_, i) => 1 + Math.sin(i * i),
  );
  try {
    const { scores, logits, features } = await engine.run(window);
    return [scores, logits, features].filter((values) => values !== undefined);
  } catch {
    return [];
  }
}

function agree(found: Float32Array | undefined, expected: Float32Array): boolean {
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return expected.every((value, i) => Math.abs((found?.[i] ?? NaN) - value) <= AGREEMENT * scale);
}
