import assert from "node:assert/strict";
import { TfjsEngine } from "../../../../pipeline/detector/engine/tfjs_engine.ts";
import { readDemo } from "../../../../pipeline/detector/load_detector.ts";
import { buildNetwork, OnnxEngine } from "../../../../pipeline/detector/mod.ts";
import { worstDifference } from "../../../helpers/fixtures.ts";
import { songWindows } from "./demo_windows.ts";
import { engineContract } from "./engine_contract.ts";

engineContract("the portable engine", (weights) => TfjsEngine.load(weights));

Deno.test("both engines give the demo detector's scores alike", async () => {
  const demo = await readDemo();
  const windows = await songWindows(demo.pcen, 8);
  const native = await OnnxEngine.load(buildNetwork(demo), 2);
  const portable = await TfjsEngine.load(demo);
  try {
    const expected = await native.run(windows.slice());
    const found = await portable.run(windows);
    assert.ok(worstDifference(found.scores, expected.scores) < 1e-4);
    assert.ok(worstDifference(found.logits ?? [], expected.logits ?? [NaN]) < 1e-3);
    assert.ok(worstDifference(found.features ?? [], expected.features ?? [NaN]) < 1e-3);
  } finally {
    native.close();
    portable.close();
  }
});

Deno.test("the portable engine runs on WebAssembly", async () => {
  const engine = await TfjsEngine.load(await readDemo());
  engine.close();
  assert.match(engine.description, /^TensorFlow\.js \d+\.\d+\.\d+ wasm SIMD$/);
});
