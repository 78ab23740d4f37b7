import assert from "node:assert/strict";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import {
  TFJS_BACKENDS,
  type TfjsBackend,
} from "../../../../pipeline/detector/engine/tfjs_backend.ts";
import { foldNetwork } from "../../../../pipeline/detector/engine/tfjs_folded_network.ts";
import { startNetwork } from "../../../../pipeline/detector/engine/tfjs_start.ts";
import { worstDifference } from "../../../helpers/fixtures.ts";
import { readDemo, songWindows } from "./demo_windows.ts";

const others = TFJS_BACKENDS.filter(({ name }) => name !== "webgpu");

/** A graphics processor of plain JavaScript, whose additions are off by something. */
function graphics(error: number): TfjsBackend {
  const load = () => {
    tf.registerBackend("webgpu", () => new MathBackendCPU(), 3);
    tf.copyRegisteredKernels("cpu", "webgpu");
    const { kernelFunc } = tf.getKernel("Add", "cpu");
    tf.unregisterKernel("Add", "webgpu");
    tf.registerKernel({
      kernelName: "Add",
      backendName: "webgpu",
      kernelFunc: (params) => {
        const sum = kernelFunc(params) as tf.TensorInfo;
        const values = (params.backend as MathBackendCPU).readSync(sum.dataId) as Float32Array;
        values[0] += error;
        return sum;
      },
    });
    return Promise.resolve();
  };
  return { name: "webgpu", load };
}

for (const [error, backend] of [[0, "webgpu"], [1, "wasm"], [NaN, "wasm"]] as const) {
  Deno.test(`a graphics processor that is wrong by ${error} leaves the network to ${backend}`, async () => {
    const demo = await readDemo();
    const { network: folded } = foldNetwork(demo);
    const { description, network } = await startNetwork(folded, [graphics(error), ...others]);
    try {
      assert.equal(tf.getBackend(), backend);
      assert.match(description, new RegExp(` ${backend}\\b`));
      const windows = await songWindows(demo.pcen, 5);
      const found = await network.run(windows);
      const alone = await startNetwork(folded, others);
      const expected = await alone.network.run(windows);
      alone.network.close();
      assert.ok(worstDifference(found.scores, expected.scores) < 1e-4);
      assert.equal(found.features.length, expected.features.length);
    } finally {
      tf.removeBackend("webgpu");
    }
  });
}

Deno.test("a graphics processor made of software is left aside", async () => {
  const software: TfjsBackend = { ...graphics(0), suits: () => Promise.resolve(false) };
  const { network: folded } = foldNetwork(await readDemo());
  const { description, network } = await startNetwork(folded, [software, ...others]);
  network.close();
  assert.match(description, / wasm SIMD$/);
});
