import assert from "node:assert/strict";
import { join } from "node:path";
import { TfjsEngine } from "../../../../pipeline/detector/engine/tfjs_engine.ts";
import { foldNetwork } from "../../../../pipeline/detector/engine/tfjs_folded_network.ts";
import { readOnnxNetwork } from "../../../../pipeline/detector/engine/tfjs_read_onnx.ts";
import { readDemo } from "../../../../pipeline/detector/load_detector.ts";
import { buildNetwork } from "../../../../pipeline/detector/mod.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { songWindows } from "./demo_windows.ts";

Deno.test("the network is read back from its ONNX model bit by bit", async () => {
  const demo = await readDemo();
  const { network } = foldNetwork(demo);
  const found = readOnnxNetwork(buildNetwork(demo));
  assert.deepEqual(found, {
    ...network,
    dense: { ...network.dense, kernelShape: [...network.dense.kernelShape] },
  });
});

Deno.test("a network of other layers is refused", () =>
  assert.throws(() => readOnnxNetwork(new Uint8Array(0)), /Layer 1 is missing instead of Conv/));

Deno.test("a network loaded from its file scores as one loaded from its variables", () =>
  withFolder(async (folder) => {
    const demo = await readDemo();
    const path = join(folder, "network.onnx");
    await Deno.writeFile(path, buildNetwork(demo));
    const windows = await songWindows(demo.pcen, 2);
    const fromWeights = await TfjsEngine.load(demo);
    const fromFile = await TfjsEngine.load(path);
    const expected = await fromWeights.run(windows.slice());
    const found = await fromFile.run(windows);
    fromWeights.close();
    fromFile.close();
    assert.deepEqual(found, expected);
    await assert.rejects(TfjsEngine.load(join(folder, "absent.onnx")), { kind: "configuration" });
  }));
