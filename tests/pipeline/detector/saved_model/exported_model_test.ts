import assert from "node:assert/strict";
import { join } from "node:path";
import { loadDetector, readSavedModel, scoreSignature } from "../../../../pipeline/detector/mod.ts";
import { unpackSavedModel } from "../../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { fixture, readJson, readSamples, worstDifference } from "../../../helpers/fixtures.ts";
import { filesBelow, withFolder } from "../../../helpers/temporary_folder.ts";
import { rejectsWith } from "./rejects_with.ts";
import { gnuLongName, gzip, pax, type TestEntry, writeTar, writeTarGz } from "./write_tar_gz.ts";

// What TensorFlow exported (tools/export_saved_model/), packed anew in every way that people pack.
const PUBLISHED = fixture("saved_model/published.tar.gz");
const WEIGHTS = (await readSavedModel(PUBLISHED)).weightsSha256;

/** The export's files that a model is made of. */
async function exported(): Promise<TestEntry[]> {
  const entries: TestEntry[] = [];
  await withFolder(async (folder) => {
    const path = join(folder, "model");
    await unpackSavedModel(PUBLISHED, path);
    for (const name of await filesBelow(path)) {
      entries.push({ name, bytes: await Deno.readFile(join(path, name)) });
    }
  });
  return entries;
}
const MODEL = await exported();
const beneath = (folder: string): TestEntry[] =>
  MODEL.map((entry) => ({ ...entry, name: `${folder}/${entry.name}` }));
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const LONG = `${"a".repeat(90)}/${"b".repeat(90)}`;

/** A header of before POSIX: neither a magic word nor anything after it. */
function old(header: Uint8Array): void {
  header.fill(0, 257);
  header.fill(32, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(text(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
}

const SHAPES: [shape: string, archive: () => Promise<Uint8Array> | Uint8Array][] = [
  ["a plain tar", () => writeTar(MODEL)],
  ["a folder at its top", () => writeTarGz([{ name: "model/", type: "5" }, ...beneath("model")])],
  ["folders in folders", () => writeTarGz(beneath("./home/me//models/humpback whale é"))],
  ["a folder that Windows packed", () =>
    writeTarGz(
      beneath("model").map((entry) => ({
        ...entry,
        name: entry.name.replaceAll("/", "\\"),
      })),
    )],
  ["files in the wrong order", () => writeTarGz(MODEL.toReversed())],
  ["what macOS adds", () =>
    writeTarGz([
      { name: "._model", bytes: text("x") },
      { name: "model/.DS_Store", bytes: text("x") },
      { name: "__MACOSX/model/._saved_model.pb", bytes: text("x") },
      ...beneath("model").flatMap((entry) => [
        { name: entry.name.replace(/[^/]+$/, "._$&"), bytes: text("x".repeat(700)) },
        entry,
      ]),
    ])],
  ["what TensorFlow and TF Hub write beside it", () =>
    writeTarGz([
      { name: "./tfhub_module.pb", bytes: text("\b\x03") },
      { name: "./fingerprint.pb", bytes: text("x") },
      { name: "./keras_metadata.pb", bytes: text("x".repeat(3000)) },
      { name: "./assets/", type: "5" },
      { name: "./assets/words.txt", bytes: text("x".repeat(2000)) },
      { name: "./assets.extra/tf_serving_warmup_requests", bytes: text("x") },
      { name: "./variables/checkpoint", bytes: text("model_checkpoint_path: variables") },
      { name: "./debug/saved_model_debug_info.pb", bytes: text("x") },
      ...beneath("."),
    ])],
  ["a licence, a link and a pipe beside it", () =>
    writeTarGz([
      { name: "LICENSE", bytes: text("Apache") },
      { name: "README.md", bytes: text("# humpback") },
      { name: "model.tar.gz", bytes: text("x") },
      { name: "latest", type: "2", link: "1" },
      { name: "pipe", type: "6" },
      ...beneath("1"),
    ])],
  ["pax headers of no use here", () =>
    writeTarGz([
      pax("comment", "1b2c3d", "g"),
      ...MODEL.flatMap((entry) => [
        pax("mtime", "1700000000.123456789"),
        pax("LIBARCHIVE.xattr.com.apple.provenance", "AQI="),
        entry,
      ]),
    ])],
  ["names and sizes in pax headers", () =>
    writeTarGz(MODEL.flatMap((entry) => [
      pax("path", `${LONG}é/${entry.name}`),
      { ...pax("size", String(entry.bytes!.length)) },
      { ...entry, name: "cut", size: 0 },
    ]))],
  ["names as GNU tar stores long ones", () =>
    writeTarGz(MODEL.flatMap((entry) => [
      gnuLongName(`${LONG}/${entry.name}`),
      { ...entry, name: "cut" },
    ]))],
  [
    "names in two fields of a header",
    () => writeTarGz(MODEL.map((entry) => ({ ...entry, prefix: LONG.slice(0, 150) }))),
  ],
  ["headers of before POSIX", () => writeTar(MODEL.map((entry) => ({ ...entry, edit: old })))],
  ["gzip in two parts, with zeros after it", async () => {
    const tar = writeTar(MODEL);
    const [first, second] = [await gzip(tar.slice(0, 9999)), await gzip(tar.slice(9999))];
    return new Uint8Array(await new Blob([first, second, new Uint8Array(512)]).arrayBuffer());
  }],
  ["an index that is compressed by Snappy", async () => {
    const bytes = await Deno.readFile(fixture("saved_model/variables.index.snappy"));
    return writeTarGz(
      MODEL.map((entry) => entry.name.endsWith("index") ? { ...entry, bytes } : entry),
    );
  }],
];

for (const [shape, archive] of SHAPES) {
  Deno.test(`an archive is read: ${shape}`, () =>
    withFolder(async (folder) => {
      const path = join(folder, "model.tar.gz");
      await Deno.writeFile(path, await archive());
      const { weightsSha256, classNames } = await readSavedModel(path);
      assert.equal(weightsSha256, WEIGHTS);
      assert.deepEqual(classNames, ["Mn"]);
    }));
}

const REFUSED: [what: string, archive: () => Promise<Uint8Array> | Uint8Array, words: RegExp][] = [
  ["a zip", () => text("PK\x03\x04rest"), /it is packed with zip: unpack it, and give the folder/],
  ["a tar.xz", () => Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), /packed with xz: unpack it/],
  ["a tar.bz2", () => text("BZh91AY&SY"), /packed with bzip2: unpack it/],
  ["a tar.zst", () => Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 4), /packed with zstd: unpack it/],
  ["a zip of nothing", () => text("PK\x05\x06"), /packed with zip: unpack it/],
  [
    "a gzip of something else",
    () => gzip(Uint8Array.from(text("x".repeat(999)))),
    /no tar archive/,
  ],
  ["a gzip of a word", () => gzip(Uint8Array.from(text("x"))), /no tar archive/],
  [
    "two models",
    () => writeTarGz([...beneath("one"), ...beneath("two/2")]),
    /it holds models in "one" and "two\/2": unpack it, and give one's folder/,
  ],
  [
    "a model in a model",
    () => writeTarGz([...MODEL, ...beneath("two")]),
    /it holds models in "\." and "two"/,
  ],
  [
    "links instead of files",
    () => writeTarGz(MODEL.map(({ name }) => ({ name, type: "2", link: `../blobs/${name}` }))),
    /is a link, or nothing with bytes: pack the files themselves \(tar --dereference\)/,
  ],
  ["no graph", () => writeTarGz(MODEL.slice(1)), /there is no saved_model\.pb in it/],
  [
    "no index",
    () => writeTarGz(MODEL.slice(0, 2)),
    /there is no variables\/variables\.index in it/,
  ],
  ["no data", () => writeTarGz([MODEL[0], MODEL[2]]), /data-00000-of-00001 as there is no such/],
];

for (const [what, archive, words] of REFUSED) {
  Deno.test(`an archive is refused in a sentence that says what to do: ${what}`, () =>
    withFolder(async (folder) => {
      const path = join(folder, "model.tar.gz");
      await Deno.writeFile(path, await archive());
      await rejectsWith(readSavedModel(path), words);
    }));
}

Deno.test("a model is found in its folder and in a folder around it, if it is the only one", () =>
  withFolder(async (folder) => {
    await unpackSavedModel(PUBLISHED, join(folder, "out", "model"));
    await Deno.writeTextFile(join(folder, "out", "LICENSE"), "Apache");
    for (const path of [join(folder, "out", "model"), join(folder, "out")]) {
      assert.equal((await readSavedModel(path)).weightsSha256, WEIGHTS);
    }
    await rejectsWith(
      readSavedModel(join(folder, "out", "model", "saved_model.pb")),
      /it is a part of a SavedModel: give the folder that it lies in/,
    );
    await unpackSavedModel(PUBLISHED, join(folder, "out", "second"));
    await rejectsWith(
      readSavedModel(join(folder, "out")),
      /it holds several models, "model", "second": give one's folder/,
    );
  }));

Deno.test("the published form of export says all of its geometry, and is held to all of it", async () => {
  const { held } = await readSavedModel(PUBLISHED);
  assert.equal(
    held,
    "its metadata says 10,000 Hz, windows of 39,124 samples; its graph says 10,000 Hz, frames of " +
      "1,024 samples, a frame every 300 samples, an FFT of 1,024, mel bands from 0 Hz, mel bands up " +
      "to 5,000 Hz",
  );
});

Deno.test("a flat export without metadata is held to the shape of its input and its spectrogram", async () => {
  const { held, weightsSha256 } = await readSavedModel(fixture("saved_model/flat.tar.gz"));
  assert.equal(weightsSha256, WEIGHTS);
  assert.match(held, /^its inputs say windows of 39,124 samples; its graph says 10,000 Hz, frames/);
});

Deno.test("networks for 2 kHz are refused with their geometry and with what to do", async () => {
  const family =
    "is for other audio than the humpback family's \\(10,000 Hz, windows of 39,124 .*\\)";
  const spectrogram =
    "its graph says 2,000 Hz, frames of 1,024 samples, a frame every 53 samples, " +
    "an FFT of 1,024, mel bands from 0 Hz, mel bands up to 1,000 Hz: put .* into a \\.onnx file";
  const inputs = "its inputs say windows of 7,755 samples";
  await rejectsWith(
    readSavedModel(fixture("saved_model/flat-2khz.tar.gz")),
    new RegExp(`${family}: ${inputs}; ${spectrogram}`),
  );
  await rejectsWith(
    readSavedModel(fixture("saved_model/retrained-2khz.tar.gz")),
    new RegExp(
      `${family}: its metadata says 2,000 Hz, windows of 7,755 samples; ${inputs}; ${spectrogram}`,
    ),
  );
});

Deno.test("a network of another family is told of the .onnx way", () =>
  rejectsWith(
    readSavedModel(fixture("saved_model/encodings.tar.gz")),
    /it is not a detector of the humpback family: .* runs from a \.onnx file \(docs\/detector\.md\)/,
  ));

Deno.test("an export scores as in TensorFlow, window by window", async () => {
  const golden = await readJson("saved_model/published.json");
  const samples = await readSamples("song-10k.wav");
  for (const model of ["published", "flat"]) {
    const path = fixture(`saved_model/${model}.tar.gz`);
    const detector = await loadDetector({ model: path, threads: 1, modelsFolder: "" });
    const frontEnd = await detector.frontEnd.start();
    try {
      for (const [step, expected] of [[10_000, golden.step_10000], [3000, golden.step_3000]]) {
        const starts = scoreSignature(step).windowStarts(Infinity, 997, 100 / 3);
        assert.equal(starts.length, expected.length);
        const windows = frontEnd.windows("window", 0);
        windows.push(samples, 0);
        const { windowFrames, frameValues } = detector.frontEnd;
        const batch = new Float32Array(starts.length * windowFrames * frameValues);
        starts.forEach((start, i) => windows.write(start, batch, i * windowFrames * frameValues));
        const { scores } = await detector.engine.run(batch);
        assert.ok(worstDifference(scores, expected) < 1e-4, `${worstDifference(scores, expected)}`);
        assert.ok(Math.max(...expected) - Math.min(...expected) > 0.9);
      }
    } finally {
      frontEnd.close();
      detector.engine.close();
    }
  }
});
