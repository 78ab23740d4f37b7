// deno-lint-ignore-file no-console
import assert from "node:assert/strict";
import { graphicsAdapter } from "../../pipeline/detector/engine/webgpu_engine.ts";
import { readSavedModel, WebGpuEngine } from "../../pipeline/detector/mod.ts";
import { readJson } from "../helpers/fixtures.ts";
import { songWindows } from "../pipeline/detector/engine/demo_windows.ts";
import { engineContract } from "../pipeline/detector/engine/engine_contract.ts";
import { HAS_STAND_IN, STAND_IN } from "./stand_in.ts";

/** Two float32 implementations of the stand-in's network differ by about 1e-4. */
const SAME_AUDIO = 3e-4;
/** A batch and a half. */
const WINDOWS = 6;

const adapter = await graphicsAdapter();
if (!adapter) console.error("Skipped: Deno offers no WebGPU adapter here.");

if (adapter) {
  engineContract("the portable engine on WebGPU", (weights) => WebGpuEngine.load(weights));
}

Deno.test({
  name: "the portable engine on WebGPU holds the goldens of the publisher's code",
  ignore: !adapter || !HAS_STAND_IN,
}, async () => {
  const golden: number[] = (await readJson("google.json")).exact.score;
  const model = await readSavedModel(STAND_IN);
  const engine = await WebGpuEngine.load(model);
  try {
    assert.match(engine.description, / webgpu, ./);
    const { scores } = await engine.run(await songWindows(model.pcen, WINDOWS));
    assert.equal(scores.length, WINDOWS);
    scores.forEach((score, i) =>
      assert.ok(Math.abs(score - golden[i]) <= SAME_AUDIO, `row ${i}: ${score}, not ${golden[i]}`)
    );
  } finally {
    engine.close();
  }
});
