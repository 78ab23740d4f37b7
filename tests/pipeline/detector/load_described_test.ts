import assert from "node:assert/strict";
import { OnnxGraph } from "../../../pipeline/detector/engine/build_network.ts";
import { hasWeightsElsewhere } from "../../../pipeline/detector/load_described.ts";
import { loadDetector } from "../../../pipeline/detector/mod.ts";
import { worstDifference } from "../../helpers/fixtures.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { describe, energy, energyNetwork, writeDetector } from "./write_detector.ts";

const SAMPLES = 8;
const SMALL = { sampleRateHz: 16_000, windowSeconds: undefined, windowSamples: SAMPLES };

/** A network of two halves' energy whose input and output are bent to what a test wants. */
function bent(
  inputAxes: (number | string)[],
  inputShape: number[],
  outputAxes: (number | string)[] = ["n", 2],
  last = (_: OnnxGraph, values: string): string => values,
): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  let x = graph.input("audio", inputAxes);
  if (inputShape.length > 1) x = graph.node("Flatten", [x], { axis: 1 });
  graph.output(last(graph, energy(graph, x, SAMPLES, 2)), outputAxes);
  return graph.encode();
}

/** Loads a detector, and runs it on windows. */
async function run(
  network: Uint8Array,
  changes: Record<string, unknown>,
  windows: number[][],
): Promise<number[]> {
  let scores: number[] = [];
  await withFolder(async (folder) => {
    const model = await writeDetector(folder, network, describe({ ...SMALL, ...changes }));
    const { engine } = await loadDetector({ model, threads: 1, modelsFolder: folder });
    try {
      scores = [...(await engine.run(Float32Array.from(windows.flat()))).scores];
    } finally {
      engine.close();
    }
  });
  return scores;
}

const halves = (first: number, second: number): number[] =>
  Array.from({ length: SAMPLES }, (_, i) => i < SAMPLES / 2 ? first : second);
const WINDOWS = [halves(0.5, 1), halves(0.25, 0), halves(0, 0.5)];
const ENERGIES = [0.25, 1, 0.0625, 0, 0, 0.25];

const layouts: [layout: string, axes: (number | string)[], shape: number[]][] = [
  ["[n, samples]", ["n", SAMPLES], [SAMPLES]],
  ["[n, samples, 1]", ["n", SAMPLES, 1], [SAMPLES, 1]],
  ["[n, 1, samples]", ["n", 1, SAMPLES], [1, SAMPLES]],
];
for (const [layout, axes, shape] of layouts) {
  Deno.test(`a waveform goes in as ${layout}`, async () => {
    const input = { kind: "waveform", layout };
    assert.deepEqual(await run(bent(axes, shape), { input }, WINDOWS), ENERGIES);
  });
}

Deno.test("a network whose batch has a fixed length is given as many windows as it takes", async () => {
  for (const batch of [1, 2, 4]) {
    const network = bent([batch, SAMPLES], [SAMPLES], [batch, 2]);
    assert.deepEqual(await run(network, {}, WINDOWS), ENERGIES);
  }
});

Deno.test("of logits the sigmoid is taken, or the softmax over the classes", async () => {
  const network = energyNetwork(SAMPLES, 2);
  const sigmoid = await run(network, { output: { kind: "logit" } }, WINDOWS);
  const softmax = await run(network, { output: { kind: "softmax" } }, WINDOWS);
  const expected = ENERGIES.map((energy) => 1 / (1 + Math.exp(-energy)));
  assert.ok(worstDifference(sigmoid, expected) < 1e-7);
  ENERGIES.forEach((energy, i) => {
    const other = ENERGIES[i % 2 === 0 ? i + 1 : i - 1];
    const share = Math.exp(energy) / (Math.exp(energy) + Math.exp(other));
    assert.ok(Math.abs(softmax[i] - share) < 1e-7);
  });
});

Deno.test("of several outputs the description says which", async () => {
  const graph = new OnnxGraph();
  const x = graph.input("audio", ["n", SAMPLES]);
  graph.output(x, ["n", SAMPLES]);
  graph.output(energy(graph, x, SAMPLES, 2), ["n", 2]);
  const output = { kind: "probability", name: "energy" };
  const input = { kind: "waveform", layout: "[n, samples]", name: "audio" };
  assert.deepEqual(await run(graph.encode(), { input, output }, WINDOWS), ENERGIES);
  await assert.rejects(run(graph.encode(), {}, WINDOWS), /2 outputs, so that "output.name" must/);
});

/** A network that gives its samples, of whatever number. */
function samplesOut(): Uint8Array<ArrayBuffer> {
  const graph = new OnnxGraph();
  graph.output(graph.node("Relu", [graph.input("audio", ["n", "samples"])]), ["n", "classes"]);
  return graph.encode();
}

const good = energyNetwork(SAMPLES, 2);
const mismatches: [
  what: string,
  network: Uint8Array,
  changes: Record<string, unknown>,
  pattern: RegExp,
][] = [
  ["no network at all", new TextEncoder().encode("not a network"), {}, /theirs\.onnx: Cannot load/],
  ["an input of another length", good, { windowSamples: 9 }, /"audio" is \[n, 8\].*\[n, 9\]/],
  [
    "an input of another rank",
    good,
    { input: { kind: "waveform", layout: "[n, 1, samples]" } },
    /is \[n, 8\] instead of \[n, 1, 8\]/,
  ],
  ["more classes than it gives", good, { classNames: ["a", "b", "c"] }, /\[n, 2\].*\[n, 3\]/],
  [
    "an input it has not",
    good,
    { input: { kind: "waveform", layout: "[n, samples]", name: "x" } },
    /it has no input "x", but audio/,
  ],
  ["an output it has not", good, { output: { kind: "logit", name: "y" } }, /no output "y", but/],
  [
    "a width that shows only when it runs",
    samplesOut(),
    {},
    /gives 8 numbers a window instead of 2/,
  ],
  [
    "a length that shows only when it runs",
    bent(["n", "samples"], [SAMPLES]),
    { windowSamples: 9 },
    /theirs\.onnx: Cannot run the network/,
  ],
];
for (const [what, network, changes, pattern] of mismatches) {
  Deno.test(`a network is held to its description: ${what}`, () =>
    assert.rejects(run(network, changes, WINDOWS), (error: Error & { kind?: string }) => {
      assert.equal(error.kind, "data", error.message);
      assert.match(error.message, pattern);
      return true;
    }));
}

/** A field of a protocol buffer that holds a message. */
const field = (number: number, ...body: number[]): number[] => {
  const tag = number << 3 | 2;
  return [...tag < 128 ? [tag] : [tag & 127 | 128, tag >> 7], body.length, ...body];
};
/** TensorProto.data_location = EXTERNAL */
const EXTERNAL = [14 << 3, 1];
const graph = (...body: number[]): number[] => field(7, ...body);
const node = (...body: number[]): number[] => field(1, ...field(5, ...body));

const elsewhere: [where: string, model: number[]][] = [
  ["an initializer", graph(...field(5, ...EXTERNAL))],
  ["a sparse initializer's values", graph(...field(15, ...field(1, ...EXTERNAL)))],
  ["a sparse initializer's indices", graph(...field(15, ...field(2, ...EXTERNAL)))],
  ["a Constant", graph(...node(...field(5, ...EXTERNAL)))],
  ["a list of tensors", graph(...node(...field(10, ...EXTERNAL)))],
  ["a sparse Constant", graph(...node(...field(22, ...field(1, ...EXTERNAL))))],
  ["a branch", graph(...node(...field(6, ...field(5, ...EXTERNAL))))],
  ["a Constant in a branch", graph(...node(...field(6, ...node(...field(5, ...EXTERNAL)))))],
  ["one of many branches", graph(...node(...field(11, ...field(5, ...EXTERNAL))))],
  ["a function's Constant", field(25, ...field(7, ...field(5, ...field(5, ...EXTERNAL))))],
  ["a function's default", field(25, ...field(11, ...field(5, ...EXTERNAL)))],
  ["what trains it", field(20, ...field(2, ...field(5, ...EXTERNAL)))],
  ["a number of ten bytes", graph(...field(5, 14 << 3, 129, ...Array(8).fill(128), 1))],
  ["a second graph", [...graph(), ...graph(...field(5, ...EXTERNAL))]],
];
for (const [where, model] of elsewhere) {
  Deno.test(`values in another file are refused: of ${where}`, () => {
    assert.equal(hasWeightsElsewhere(Uint8Array.from(model)), true);
  });
}

Deno.test("a network that can't be looked through is refused, not taken for one without such values", () => {
  const hidden = graph(...field(5, ...EXTERNAL));
  // a group, which other readers pass over; a message that is longer than its own
  const models = [[15 << 3 | 3, 15 << 3 | 4, ...hidden], [7 << 3 | 2, 99, 1]];
  for (const model of models) assert.throws(() => hasWeightsElsewhere(Uint8Array.from(model)));
  assert.equal(hasWeightsElsewhere(energyNetwork(SAMPLES, 2)), false);
});

Deno.test("a network without its description, or with weights in another file, is refused", () =>
  withFolder(async (folder) => {
    const load = (model: string) => loadDetector({ model, threads: 1, modelsFolder: folder });
    const model = await writeDetector(folder, good, describe(SMALL));
    for (const [, bytes] of elsewhere.slice(0, 4)) {
      await Deno.writeFile(model, Uint8Array.from(bytes));
      await assert.rejects(load(model), {
        kind: "data",
        message: /its weights lie in another file/,
      });
    }
    await Deno.remove(model.replace(".onnx", ".json"));
    await assert.rejects(load(model), /theirs\.json can't be read: there is no such file/);
    await assert.rejects(load(`${folder}/absent.onnx`), /absent\.onnx can't be read/);
  }));
