import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { MegapteraError } from "../../../../core/errors.ts";
import { type NamedModel, readSavedModel } from "../../../../pipeline/detector/mod.ts";
import { constantOf } from "../../../../pipeline/detector/saved_model/constant.ts";
import { readGraphs } from "../../../../pipeline/detector/saved_model/graph.ts";
import { unpackSavedModel } from "../../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { fixture, readJson } from "../../../helpers/fixtures.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { TINY } from "./read_damaged.ts";
import { rejectsWith } from "./rejects_with.ts";
import { writeCheckpoint } from "./write_checkpoint.ts";
import {
  FAMILY,
  floats,
  type Metadata,
  metadataGraph,
  strings,
  type TestGraph,
  type TestNode,
  type TestTensor,
  writeGraph,
} from "./write_graph.ts";

/** Reads a tiny detector with a graph. */
async function withGraph(graph: TestGraph | Uint8Array): Promise<NamedModel> {
  let model: NamedModel | undefined;
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, TINY);
    const bytes = graph instanceof Uint8Array ? graph : writeGraph(graph);
    await Deno.writeFile(join(folder, "saved_model.pb"), bytes);
    model = await readSavedModel(folder);
  });
  return model!;
}

const withMetadata = (metadata: Metadata): Promise<NamedModel> =>
  withGraph(metadataGraph({ ...FAMILY, ...metadata }));

Deno.test("metadata in every type of number is read as TensorFlow reads it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "model");
    await unpackSavedModel(fixture("saved_model/encodings.tar.gz"), path);
    const { made_with: _, ...golden } = await readJson("saved_model/encodings.json");
    const [graph] = readGraphs(await Deno.readFile(join(path, "saved_model.pb")), path);
    assert.equal(Object.keys(golden).length, 20);
    for (const [name, values] of Object.entries(golden)) {
      const { outputs } = graph.signatures.get(name)!;
      for (const [key, { tensor }] of outputs) {
        const { numbers, strings } = constantOf(graph, graph.main, tensor)!;
        const expected = (values as Record<string, unknown>)[key];
        assert.deepEqual(key === "class_names" ? strings : numbers, expected, `${name} ${key}`);
      }
    }
  }));

/** A number stored as content: little-endian bytes. */
const content = (dtype: number, bytes: ArrayBufferView): TestTensor => ({
  dtype,
  write: (tensor) => tensor.writeBytesField(4, new Uint8Array(bytes.buffer)),
});
const field = (dtype: number, write: TestTensor["write"], shape?: number[]): TestTensor => ({
  dtype,
  write,
  ...(shape && { shape }),
});
const RATES: [how: string, tensor: TestTensor][] = [
  ["a float, not packed", field(1, (tensor) => tensor.writeFloatField(5, 10_000))],
  ["a double, not packed", field(2, (tensor) => tensor.writeDoubleField(6, 10_000))],
  ["an int32, not packed", field(3, (tensor) => tensor.writeVarintField(7, 10_000))],
  ["an int32, packed", field(3, (tensor) => tensor.writePackedVarint(7, [10_000]))],
  ["an int64, packed", field(9, (tensor) => tensor.writePackedVarint(10, [10_000]))],
  ["an int16", field(5, (tensor) => tensor.writePackedVarint(7, [10_000]))],
  ["a uint16", field(17, (tensor) => tensor.writePackedVarint(7, [10_000]))],
  ["a uint32", field(22, (tensor) => tensor.writeVarintField(16, 10_000))],
  ["a uint64", field(23, (tensor) => tensor.writePackedVarint(17, [10_000]))],
  ["a half", field(19, (tensor) => tensor.writePackedVarint(13, [0x70e2]))],
  ["a half, not packed", field(19, (tensor) => tensor.writeVarintField(13, 0x70e2))],
  [
    "a bfloat16, which keeps 9,984 of it",
    field(14, (tensor) => tensor.writeVarintField(13, 0x461c)),
  ],
  ["one value for a shape of three", field(1, (tensor) => tensor.writeFloatField(5, 1e4), [3])],
  ["float content", content(1, Float32Array.of(10_000))],
  ["double content", content(2, Float64Array.of(10_000))],
  ["half content", content(19, Uint16Array.of(0x70e2))],
  ["bfloat16 content", content(14, Uint16Array.of(0x461c))],
  ["int16 content", content(5, Int16Array.of(10_000))],
  ["int32 content", content(3, Int32Array.of(10_000))],
  ["int64 content", content(9, BigInt64Array.of(10_000n))],
  ["uint64 content", content(23, BigUint64Array.of(10_000n))],
];

Deno.test("a rate is read however protocol buffers store it", async () => {
  for (const [how, tensor] of RATES) {
    const { held } = await withMetadata({ input_sample_rate: tensor });
    assert.equal(held, "its metadata says 10,000 Hz, windows of 39,124 samples", how);
  }
  // The next numbers that these types can keep.
  for (const [bits, type, rate] of [[0x70e3, 19, "10,008"], [0x461d, 14, "10,048"]] as const) {
    const tensor = field(type, (pbf) => pbf.writeVarintField(13, bits));
    await rejectsWith(
      withMetadata({ input_sample_rate: tensor }),
      new RegExp(`its metadata says ${rate} Hz, windows of 39,124`),
    );
  }
});

Deno.test("a class is called what metadata says, and there are as many as the network has", async () => {
  assert.deepEqual((await withMetadata({})).classNames, ["Mn"]);
  assert.deepEqual((await withMetadata({ class_names: strings("Minke") })).classNames, ["Minke"]);
  const packed = field(7, (tensor) => tensor.writeBytesField(4, Uint8Array.of(2, 77, 110)), [1]);
  assert.deepEqual((await withMetadata({ class_names: packed })).classNames, ["Mn"]);
  await rejectsWith(
    withMetadata({ class_names: strings("Mn", "Oo") }),
    /its metadata names 2 classes and its network has 1/,
  );
});

const node = (name: string, op: string, ...inputs: string[]): TestNode => ({ name, op, inputs });
const rate = (name: string, hz = 10_000): TestNode => ({ name, op: "Const", value: floats(hz) });
/** A graph whose signature gives out a tensor of it as the rate. */
const giving = (tensor: string, graph: TestGraph): TestGraph => ({
  ...graph,
  signatures: { any: { outputs: { input_sample_rate: tensor } } },
});

Deno.test("constants are followed through calls of any kind, arguments and nodes that pass on", async () => {
  const graphs: TestGraph[] = [
    giving("r", { nodes: [rate("r")] }),
    giving("b:1", { nodes: [rate("q", 1), rate("r"), node("b", "IdentityN", "q", "r:0")] }),
    giving("b:0", {
      nodes: [rate("r"), { ...node("b", "StatefulPartitionedCall", "^r", "r"), calls: "f" }],
      functions: [
        { name: "f", inputs: ["x"], returns: { y: "g:z:0" }, nodes: [node("g", "give", "x")] },
        {
          name: "give",
          inputs: ["x"],
          returns: { other: "x", z: "s:output:0" },
          nodes: [{ ...node("c", "Cast", "x"), castTo: 2 }, node("s", "StopGradient", "c:y:0")],
        },
      ],
    }),
  ];
  for (const graph of graphs) {
    const expected = "its metadata says 10,000 Hz";
    assert.equal((await withGraph(graph)).held, expected);
  }
});

Deno.test("metadata is found by the names of its results, not by the function's", async () => {
  // A method that no signature gives out, with a fourth result, as Keras saves it.
  const method = (hz: number): TestGraph => ({
    functions: [{
      name: "__inference_about_12",
      returns: { identity: "n", identity_1: "w", identity_2: "a", identity_3: "r" },
      nodes: [
        { name: "n", op: "Const", value: strings("Mn") },
        { name: "w", op: "Const", value: floats(39_124) },
        { name: "a", op: "Const", value: strings("somebody") },
        rate("r", hz),
      ],
    }],
    // TensorFlow gives out a dictionary in the order of its keys.
    results: {
      __inference_about_12: ["input_sample_rate", "class_names", "context_width_samples", "hop"],
    },
  });
  assert.equal(
    (await withGraph(method(10_000))).held,
    "its metadata says 10,000 Hz, windows of 39,124 samples",
  );
  await rejectsWith(withGraph(method(2000)), /its metadata says 2,000 Hz, windows of 39,124/);
});

/** A spectrogram as `tf.signal.stft` and `linear_to_mel_weight_matrix` name its constants. */
const spectrogram = (hop: number, highestHz: number, rateHz?: number): TestGraph => ({
  functions: [{
    name: "front",
    inputs: ["waveform"],
    returns: {},
    nodes: [
      { name: "a/frame_length", op: "Const", value: floats(1024) },
      { name: "a/frame_step", op: "Const", value: floats(hop) },
      { name: "a/fft", op: "Const", value: floats(1024) },
      node("a/frame", "Gather", "waveform", "a/frame_length:output:0", "a/frame_step:output:0"),
      node("a/mul", "Mul", "a/frame:z:0"),
      node("a/spectrum", "RFFT", "a/mul:z:0", "a/fft:output:0"),
      { name: "frame/frame_length", op: "Const", value: floats(128) }, // cuts frames into windows
      node("frame", "Gather", "a/spectrum:0", "frame/frame_length:output:0"),
      { name: "m/lower_edge_hertz", op: "Const", value: floats(0) },
      { name: "m/upper_edge_hertz", op: "Const", value: floats(highestHz) },
      ...rateHz === undefined ? [] : [rate("m/sample_rate/x", rateHz)],
    ],
  }],
});

Deno.test("what a model does not say in its metadata is read from its spectrogram and inputs", async () => {
  const { held, notice } = await withGraph(spectrogram(300, 5000, 10_000));
  assert.equal(notice, undefined);
  assert.equal(
    held,
    "its graph says 10,000 Hz, frames of 1,024 samples, a frame every 300 samples, an FFT of 1,024, " +
      "mel bands from 0 Hz, mel bands up to 5,000 Hz",
  );
  for (
    const graph of [spectrogram(53, 5000), spectrogram(300, 1000), spectrogram(300, 5000, 2000)]
  ) {
    await rejectsWith(withGraph(graph), /is for other audio than .*\.onnx file/);
  }
  const inputs = (shape: number[]): TestGraph => ({
    signatures: { serve: { inputs: { x: shape } } },
  });
  for (const shape of [[-1, 39_124], [-1, 39_124, 1], [8, 1, 39_124], [39_124], [39_124, 1]]) {
    const { held, notice } = await withGraph(inputs(shape));
    const untold = "nothing in it says the sample rate";
    assert.equal(held, `its inputs say windows of 39,124 samples; ${untold}`);
    assert.equal(notice, `${untold}: 10000 Hz was taken`);
  }
  for (const shape of [[-1, 7755], [-1, 7755, 1], [2, 1, 7755]]) {
    await rejectsWith(withGraph(inputs(shape)), /its inputs say windows of 7,755 samples/);
  }
});

Deno.test("metadata that can't be read neither refuses a model nor lets it pass", async () => {
  const unread = { input_sample_rate: strings("ten thousand"), context_width_samples: floats(NaN) };
  const { nodes, functions, signatures } = metadataGraph({ ...unread });
  const beside = (graph: TestGraph): TestGraph => ({
    nodes: nodes ?? [],
    functions: [...functions!, ...graph.functions!],
    signatures: signatures ?? {},
  });
  const { held } = await withGraph(beside(spectrogram(300, 5000)));
  assert.match(
    held,
    /nothing in it says the sample rate; its metadata's context_width_samples can't/,
  );
  assert.match(held, /its metadata's input_sample_rate can't be read$/);
  await rejectsWith(withGraph(beside(spectrogram(53, 1000))), /a frame every 53 samples/);
  await rejectsWith(withGraph({ ...beside({ functions: [] }) }), /does not say for what audio/);
});

Deno.test("a model that says nothing of its audio, or whose graph is none, is refused", async () => {
  await rejectsWith(
    withGraph({}),
    /its graph does not say for what audio its network is: .*\.onnx/,
  );
  // Neither what its windows nor what its network's features could be of says so.
  const spectra = { inputs: { spectra: [-1, 128, 64], features: [-1, 1] } };
  await rejectsWith(withGraph({ signatures: { serve: spectra } }), /does not say for what audio/);
  // A frame and an FFT of 1,024 samples have networks for 2 kHz as well.
  const { functions: [front] = [] } = spectrogram(300, 5000);
  const nodes = front.nodes.filter(({ name }) => !/step|hertz/.test(name));
  await rejectsWith(withGraph({ functions: [{ ...front, nodes }] }), /does not say for what audio/);
  const noise = Uint8Array.from({ length: 300 }, (_, i) => i * 37);
  await rejectsWith(withGraph(noise), /saved_model\.pb as it is damaged: a message in it can't/);
  await withFolder(async (folder) => {
    await writeCheckpoint(folder, TINY);
    await Deno.remove(join(folder, "saved_model.pb"));
    await rejectsWith(readSavedModel(folder), /saved_model\.pb as there is no such file/);
  });
});

Deno.test("graphs that call themselves or name what is not there end, unread", async () => {
  const loop = { name: "f", inputs: ["x"], returns: { y: "g:output:0" } };
  const graphs: TestGraph[] = [
    giving("g", {
      nodes: [{ ...node("g", "PartitionedCall", "g"), calls: "f" }],
      functions: [{ ...loop, nodes: [{ ...node("g", "PartitionedCall", "x"), calls: "f" }] }],
    }),
    giving("a", { nodes: [node("a", "Identity", "b"), node("b", "Identity", "a")] }),
    giving("a:7", { nodes: [node("a", "IdentityN")] }),
    giving("nowhere:x:y", {}),
  ];
  for (const graph of graphs) await rejectsWith(withGraph(graph), /does not say for what audio/);
});

Deno.test("any damage to a graph ends in a fault or in a model that was held to the family", async () => {
  const whole = writeGraph(metadataGraph(FAMILY));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
      fc.option(fc.nat(), { freq: 4 }),
      async (edits, cutAt) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        try {
          const model = await withGraph(
            cutAt === null ? bytes : bytes.slice(0, cutAt % bytes.length),
          );
          assert.match(model.held, /10,000 Hz|windows of 39,124/);
        } catch (error) {
          assert(error instanceof MegapteraError, String(error));
          assert.match(error.message, /^Cannot [^\n]*\.$/);
        }
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});
