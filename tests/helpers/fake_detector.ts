import type { Detector } from "../../pipeline/detector/detector.ts";
import {
  type Engine,
  FRONT_END_REVISION,
  MEL_BANDS,
  MelPcenFrontEnd,
  WINDOW_FRAMES,
} from "../../pipeline/detector/mod.ts";

const WINDOW_VALUES = WINDOW_FRAMES * MEL_BANDS;

/** An engine whose score is a sum over the window: quick, and any change of a window shows. */
export class FakeEngine implements Engine {
  readonly description = "fake";
  readonly batchWindows = 4;
  windows = 0;
  /** Called before each batch. */
  onRun: () => void | Promise<void> = () => {};

  async run(windows: Float32Array): Promise<Awaited<ReturnType<Engine["run"]>>> {
    await this.onRun();
    const count = windows.length / WINDOW_VALUES;
    this.windows += count;
    const logits = Float32Array.from({ length: count }, (_, n) => {
      let sum = 0;
      for (let i = 0; i < WINDOW_VALUES; i++) {
        sum += windows[n * WINDOW_VALUES + i] * (1 + (i * 7919 % 97));
      }
      return Math.sin(sum);
    });
    const scores = logits.map((logit) => 1 / (1 + Math.exp(-3 * logit)));
    return { logits, scores, features: new Float32Array(count) };
  }

  close(): void {}
}

/** A detector around the fake engine, with the front end's initial constants. */
export function fakeDetector(engine: Engine = new FakeEngine(), alpha = 0.98): Detector {
  const vector = (value: number): Float32Array => new Float32Array(MEL_BANDS).fill(value);
  return {
    name: "fake",
    sampleRateHz: 10_000,
    windowSeconds: 3.9124,
    hopSeconds: 1,
    classNames: ["Mn"],
    weightsSha256: "0".repeat(64),
    revision: FRONT_END_REVISION,
    recipes: ["exact", "google", "mbari", "redun"],
    frontEnd: new MelPcenFrontEnd({
      alpha: vector(alpha),
      delta: vector(2),
      root: vector(2),
      smoothing: 0.025,
    }),
    engine,
  };
}
