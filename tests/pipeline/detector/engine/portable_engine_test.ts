import assert from "node:assert/strict";
import { believe } from "../../../../pipeline/detector/engine/portable_engine.ts";
import { graphicsAdapter } from "../../../../pipeline/detector/engine/webgpu_engine.ts";
import { readDemo } from "../../../../pipeline/detector/load_detector.ts";
import {
  type Engine,
  type EngineResult,
  loadPortable,
  TfjsEngine,
} from "../../../../pipeline/detector/mod.ts";
import { songWindows } from "./demo_windows.ts";

Deno.test("the portable engine takes a graphics processor, unless it is made of software", async () => {
  const adapter = await graphicsAdapter();
  const engine = await loadPortable(await readDemo());
  engine.close();
  const isHardware = adapter && !adapter.info.isFallbackAdapter;
  assert.match(engine.description, isHardware ? / webgpu, / : / wasm SIMD$/);
});

/** An engine that changes what another says. */
function changed(
  engine: Engine,
  change: (result: EngineResult) => void,
): Engine & { open: boolean } {
  return {
    description: "quick",
    batchWindows: 4,
    open: true,
    run: async (windows) => {
      const result = await engine.run(windows);
      change(result);
      return result;
    },
    close(): void {
      this.open = false;
    },
  };
}

const faults: [what: string, change: (result: EngineResult) => void, isBelieved: boolean][] = [
  ["agrees but for rounding", ({ features }) => features![3] += 1e-4, true],
  ["differs in a feature", ({ features }) => features![3] += 1, false],
  ["differs in a score", ({ scores }) => scores[0] += 0.01, false],
  ["gives no number", ({ logits }) => logits![0] = NaN, false],
  ["gives too few", (result) => result.features = new Float32Array(0), false],
  ["fails", () => assert.fail("no shader"), false],
];
for (const [what, change, isBelieved] of faults) {
  Deno.test(`a quicker engine that ${what} is ${isBelieved ? "" : "not "}believed`, async () => {
    const demo = await readDemo();
    const [sure, under] = [await TfjsEngine.load(demo), await TfjsEngine.load(demo)];
    const quick = changed(under, change);
    const taken = await believe(quick, sure);
    try {
      assert.equal(taken, isBelieved ? quick : sure);
      assert.equal(quick.open, isBelieved);
      await taken.run(await songWindows(demo.pcen, 1));
    } finally {
      sure.close();
      under.close();
    }
  });
}
