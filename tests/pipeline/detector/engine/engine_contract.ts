import assert from "node:assert/strict";
import { readDemo } from "../../../../pipeline/detector/load_detector.ts";
import type { Engine, HumpbackWeights } from "../../../../pipeline/detector/mod.ts";
import { songWindows, WINDOW_VALUES } from "./demo_windows.ts";

/**
 * What every engine must do, held by the demo detector.
 *
 * @param name The engine's.
 * @param load Loads it with a network's weights.
 */
export function engineContract(
  name: string,
  load: (weights: HumpbackWeights) => Promise<Engine>,
): void {
  Deno.test(`${name} keeps the contract of an engine`, async (t) => {
    const demo = await readDemo();
    const windows = await songWindows(demo.pcen, 5);
    const part = (start: number, end: number): Float32Array<ArrayBuffer> =>
      windows.slice(start * WINDOW_VALUES, end * WINDOW_VALUES);
    const engine = await load(demo);
    try {
      const whole = await engine.run(part(0, 5));
      const { logits = new Float32Array(0), features: all = new Float32Array(0) } = whole;
      const [width, classes] = demo.dense.kernelShape;

      await t.step("it says what it is", () => {
        assert.match(engine.description, /\d+\.\d+\.\d+/);
        assert.ok(Number.isInteger(engine.batchWindows) && engine.batchWindows >= 1);
      });
      await t.step("it gives logits, scores and features of each window", () => {
        assert.equal(logits.length, 5 * classes);
        assert.equal(whole.scores.length, 5 * classes);
        assert.equal(all.length, 5 * width);
        assert.ok(new Set(whole.scores).size > 1, "the windows differ, so must the scores");
      });
      await t.step("a score is the sigmoid of its logit, and that the dense layer's", () => {
        logits.forEach((logit, i) => {
          assert.ok(Math.abs(whole.scores[i] - 1 / (1 + Math.exp(-logit))) < 1e-6);
          const [window, kind] = [Math.floor(i / classes), i % classes];
          let sum = demo.dense.bias[kind];
          for (let k = 0; k < width; k++) {
            sum += all[window * width + k] * demo.dense.kernel[k * classes + kind];
          }
          assert.ok(Math.abs(sum - logit) < 1e-4, `${sum} is not ${logit}`);
        });
      });
      await t.step("what shares a batch doesn't change a bit", async () => {
        for (const [start, end] of [[0, 1], [1, 4], [4, 5]]) {
          const { scores, features } = await engine.run(part(start, end));
          assert.deepEqual(scores, whole.scores.slice(start * classes, end * classes));
          assert.deepEqual(features, all.slice(start * width, end * width));
        }
      });
      await t.step("runs under way together are answered in order", async () => {
        const done: number[] = [];
        const results = await Promise.all(
          [[0, 5], [2, 3], [3, 5], [1, 2]].map(async ([start, end], i) => {
            const { scores } = await engine.run(part(start, end));
            done.push(i);
            assert.deepEqual(scores, whole.scores.slice(start * classes, end * classes));
            return scores.length;
          }),
        );
        assert.deepEqual(results, [5, 1, 2, 1].map((count) => count * classes));
        assert.deepEqual(done, [0, 1, 2, 3]);
      });
      await t.step("a part of a window is refused, and the next batch runs", async () => {
        await assert.rejects(engine.run(windows.slice(0, 100)), { kind: "configuration" });
        assert.deepEqual((await engine.run(part(0, 5))).scores, whole.scores);
      });
      await t.step("closing ends the runs under way", async () => {
        const running = engine.run(part(0, 5));
        engine.close();
        await assert.rejects(running, /closed/);
      });
      await t.step(
        "a closed engine refuses what comes after",
        () => assert.rejects(engine.run(part(0, 1)), /closed/),
      );
    } finally {
      engine.close();
    }
  });
}
