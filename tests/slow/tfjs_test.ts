import assert from "node:assert/strict";
import { TfjsEngine } from "../../pipeline/detector/engine/tfjs_engine.ts";
import { readSavedModel } from "../../pipeline/detector/mod.ts";
import { readJson } from "../helpers/fixtures.ts";
import { songWindows, WINDOW_VALUES } from "../pipeline/detector/engine/demo_windows.ts";
import { HAS_STAND_IN, STAND_IN } from "./stand_in.ts";

/** Two float32 implementations of the stand-in's network differ by about 1e-4. */
const SAME_AUDIO = 3e-4;
/** A batch and a half, so that batches of two lengths are held. */
const WINDOWS = 6;

Deno.test({
  name: "the portable engine holds the goldens of the publisher's code",
  ignore: !HAS_STAND_IN,
}, async () => {
  const golden: number[] = (await readJson("google.json")).exact.score;
  const model = await readSavedModel(STAND_IN);
  const windows = await songWindows(model.pcen, WINDOWS);
  const engine = await TfjsEngine.load(model);
  try {
    const batch = engine.batchWindows * WINDOW_VALUES;
    const scores: number[] = [];
    for (let start = 0; start < windows.length; start += batch) {
      scores.push(...(await engine.run(windows.slice(start, start + batch))).scores);
    }
    assert.equal(scores.length, WINDOWS);
    scores.forEach((score, i) =>
      assert.ok(Math.abs(score - golden[i]) <= SAME_AUDIO, `row ${i}: ${score}, not ${golden[i]}`)
    );
  } finally {
    engine.close();
  }
});
