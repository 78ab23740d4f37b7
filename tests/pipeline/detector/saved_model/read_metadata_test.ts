import assert from "node:assert/strict";
import { join } from "node:path";
import { PbfWriter } from "pbf";
import { readMetadata, readSavedModel } from "../../../../pipeline/detector/saved_model/mod.ts";
import { withFolder } from "../../../helpers/temporary_folder.ts";
import { smallHumpback, writeCheckpoint } from "./write_checkpoint.ts";

/** A constant of a TensorFlow graph: whole numbers or strings. */
function constant(
  name: string,
  values: readonly (number | string)[],
): (node: PbfWriter) => void {
  return (node) => {
    node.writeStringField(1, name);
    node.writeStringField(2, "Const");
    node.writeMessage(5, () => {
      node.writeStringField(1, "value");
      node.writeMessage(2, () =>
        node.writeMessage(8, () => {
          for (const value of values) {
            if (typeof value === "string") node.writeStringField(8, value);
            else node.writeVarintField(10, value);
          }
        }, undefined), undefined);
    }, undefined);
  };
}

/** The graph of a SavedModel whose `metadata()` returns constants, as TensorFlow writes it. */
function graph(rateHz: number, windowSamples: number, classNames: string[]): Uint8Array {
  const pbf = new PbfWriter();
  const inside = (tags: number[], write: () => void): void => {
    const [tag, ...rest] = tags;
    if (tag === undefined) write();
    else pbf.writeMessage(tag, () => inside(rest, write), undefined);
  };
  inside([2, 2, 2, 1], () => {
    inside([1], () => {
      pbf.writeStringField(1, "__inference_metadata_7");
      for (const name of ["a", "b", "c"]) inside([3], () => pbf.writeStringField(1, name));
    });
    const nodes = [
      constant("n", classNames),
      constant("w", [windowSamples]),
      constant("r", [rateHz]),
    ];
    for (const node of nodes) inside([3], () => node(pbf));
    for (
      const [output, tensor] of [["a", "n:output:0"], ["b", "w:output:0"], ["c", "r:output:0"]]
    ) {
      inside([4], () => {
        pbf.writeStringField(1, output);
        pbf.writeStringField(2, tensor);
      });
    }
  });
  return pbf.finish();
}

async function modelWith(folder: string, savedModel: Uint8Array): Promise<string> {
  const path = join(folder, "model");
  await writeCheckpoint(
    path,
    smallHumpback({ groups: [[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]] }),
  );
  await Deno.writeFile(join(path, "saved_model.pb"), savedModel);
  return path;
}

Deno.test("a model's class is called what its metadata says", () =>
  withFolder(async (folder) => {
    const path = await modelWith(folder, graph(10_000, 39_124, ["Minke"]));
    assert.deepEqual(await readMetadata(path), {
      sampleRateHz: 10_000,
      windowSamples: 39_124,
      classNames: ["Minke"],
    });
    assert.deepEqual((await readSavedModel(path)).classNames, ["Minke"]);
  }));

Deno.test("a model for another rate, window or number of classes is refused", () =>
  withFolder(async (folder) => {
    const path = await modelWith(folder, graph(24_000, 120_000, ["Mn"]));
    await assert.rejects(
      readSavedModel(path),
      /24000 Hz, 120000 samples, 1 classes instead of 10000 Hz/,
    );
    await Deno.writeFile(join(path, "saved_model.pb"), graph(10_000, 39_124, ["Mn", "Oo"]));
    await assert.rejects(readSavedModel(path), /2 classes instead of/);
  }));

Deno.test("a graph that can't be read is passed over, for its weights decide", () =>
  withFolder(async (folder) => {
    const path = await modelWith(folder, Uint8Array.from({ length: 300 }, (_, i) => i * 37));
    assert.equal(await readMetadata(path), undefined);
    assert.deepEqual((await readSavedModel(path)).classNames, ["Mn"]);
  }));
