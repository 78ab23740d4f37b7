import assert from "node:assert/strict";
import { join } from "node:path";
import { OnnxGraph } from "../../pipeline/detector/engine/build_network.ts";
import { megaptera } from "../helpers/command_line.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { writeSteps } from "../helpers/write_steps.ts";
import {
  describe,
  energy,
  energyNetwork,
  writeDetector,
} from "../pipeline/detector/write_detector.ts";

const SAMPLES = 32_000;

/** Two halves' energy, put through another operator with itself. */
function through(operator: string): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  const x = graph.input("audio", ["n", SAMPLES]);
  const values = energy(graph, x, SAMPLES, 2);
  const less = graph.node("Sub", [values, values]);
  graph.output(graph.node(operator, [values, less]), ["n", 2]);
  return graph.encode();
}

const faults: [what: string, network: Uint8Array, description: unknown, pattern: RegExp][] = [
  [
    "a description that is not JSON",
    energyNetwork(SAMPLES, 2),
    "{",
    /theirs\.json as it is not JSON/,
  ],
  [
    "a description of more classes than the network has",
    energyNetwork(SAMPLES, 3),
    describe(),
    /theirs\.onnx.*"energy" is \[n, 3\] instead of \[n, 2\]/,
  ],
  [
    "a damaged network",
    energyNetwork(SAMPLES, 2).slice(0, 1000),
    describe(),
    /Cannot score with .*theirs\.onnx/,
  ],
  [
    "a score above 1",
    through("Div"),
    describe(),
    /Cannot score 2021-01-01T09:30:00Z with halves-1 .* gave Infinity for first half/,
  ],
  [
    "a score that is no number",
    through("Div"),
    describe({ output: { kind: "softmax" } }),
    /2021-01-01T09:30:00Z with halves-1 .* gave NaN for first half/,
  ],
];
for (const [what, network, description, pattern] of faults) {
  Deno.test(`score says in one sentence what is wrong with ${what}, and writes nothing`, () =>
    withFolder(async (folder) => {
      const model = await writeDetector(folder, network, description);
      const wav = join(folder, "SITE_20210101_093000.wav");
      await writeSteps(wav, 4, 16_000);
      const out = join(folder, "out");
      const args = ["score", wav, "--model", model, "--out", out];
      const { code, err } = await megaptera(args, join(folder, "cache"));
      assert.equal(code, 65, err);
      assert.match(err, pattern);
      assert.equal(err.trim().split("\n").length, 1, `one sentence: ${err}`);
      assert.deepEqual(await filesBelow(out).catch(() => []), []);
    }));
}
