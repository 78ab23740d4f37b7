import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend, TFJS_BACKENDS } from "../../../../pipeline/detector/engine/tfjs_backend.ts";
import { foldNetwork } from "../../../../pipeline/detector/engine/tfjs_folded_network.ts";
import { TfjsNetwork } from "../../../../pipeline/detector/engine/tfjs_network.ts";
import { readDemo } from "../../../../pipeline/detector/load_detector.ts";
import { worstDifference } from "../../../helpers/fixtures.ts";
import { songWindows, WINDOW_VALUES } from "./demo_windows.ts";

const absent = { name: "absent", load: () => Promise.reject(new Error("it is not there")) };

Deno.test("a backend that can't start gives way to the next, which scores the same", async () => {
  const demo = await readDemo();
  const { network } = foldNetwork(demo);
  const windows = await songWindows(demo.pcen, 2);
  const scores: Float32Array[] = [];
  for (const [i, backend] of TFJS_BACKENDS.entries()) {
    const description = await startBackend([absent, backend, ...TFJS_BACKENDS.slice(i + 1)]);
    assert.equal(tf.getBackend(), backend.name);
    assert.match(description, new RegExp(` ${backend.name}\\b`));
    scores.push((await new TfjsNetwork(network).run(windows)).scores);
  }
  assert.ok(worstDifference(scores[1], scores[0]) < 1e-4);
});

Deno.test("where no backend starts, the last one's error is told", () =>
  assert.rejects(startBackend([absent]), /no backend could be started: .*it is not there/));

Deno.test("windows computed in groups score as those computed at once", async () => {
  const demo = await readDemo();
  await startBackend(TFJS_BACKENDS);
  const { network } = foldNetwork(demo);
  const windows = await songWindows(demo.pcen, 5);
  const whole = await new TfjsNetwork(network).run(windows);
  for (const group of [1, 2, 4, 5, 8]) {
    assert.deepEqual(await new TfjsNetwork(network, group).run(windows), whole);
  }
});

Deno.test("batches leave no tensors behind, and a closed network none at all", async () => {
  const demo = await readDemo();
  await startBackend(TFJS_BACKENDS);
  const empty = tf.memory().numTensors;
  const network = new TfjsNetwork(foldNetwork(demo).network);
  const windows = await songWindows(demo.pcen, 3);
  const before = tf.memory();
  for (const count of [3, 1, 2, 3]) await network.run(windows.slice(0, count * WINDOW_VALUES));
  await assert.rejects(network.run(windows.slice(1)), RangeError);
  const after = tf.memory();
  assert.deepEqual([after.numTensors, after.numBytes], [before.numTensors, before.numBytes]);
  network.close();
  assert.equal(tf.memory().numTensors, empty);
});
