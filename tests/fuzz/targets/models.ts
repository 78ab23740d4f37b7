import assert from "node:assert/strict";
import { join } from "node:path";
import { parseDescription } from "../../../pipeline/detector/described/description.ts";
import { hasWeightsElsewhere } from "../../../pipeline/detector/described/has_weights_elsewhere.ts";
import { unpackSavedModel } from "../../../pipeline/detector/saved_model/unpack_saved_model.ts";
import { describe, energyNetwork } from "../../pipeline/detector/described/write_detector.ts";
import { MODEL } from "../../pipeline/detector/saved_model/unpack_test_archive.ts";
import { writeTarGz } from "../../pipeline/detector/saved_model/write_tar_gz.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";
import {
  type Bytes,
  bytesOf,
  damageAsText,
  type FuzzTarget,
  orRefused,
  textOf,
} from "../target.ts";

/** Descriptions of detectors of others. */
export const description: FuzzTarget = {
  wholes: [
    describe(),
    describe({
      ...{ sampleRateHz: 10_000, windowSeconds: 3.9124 },
      input: { kind: "mel-pcen", pcen: { alpha: 0.98, delta: 2, root: 2, smoothing: 0.025 } },
    }),
  ].map((value) => bytesOf(JSON.stringify(value, undefined, 1))),
  damage: damageAsText,
  read: orRefused((bytes) => parseDescription(textOf(bytes), "a.json"), (description) => {
    assert.ok(description.sampleRateHz > 0 && description.windowSamples > 0);
    assert.ok(description.classNames.length > 0);
  }),
};

/** Networks of others: whatever can't be looked through is refused. */
export const onnx: FuzzTarget = {
  wholes: [energyNetwork(8, 2), energyNetwork(64, 1)],
  read: (bytes) => {
    try {
      return hasWeightsElsewhere(bytes) ? "refused" : "taken";
    } catch (error) {
      assert.ok(error instanceof Error && !(error instanceof TypeError), String(error));
      return "refused";
    }
  },
};

/** Archives of SavedModels, zipped and not: nothing is written but into the folder that is named. */
export const archive: FuzzTarget = {
  wholes: await Promise.all([MODEL, MODEL.slice(2)].map((entries) => writeTarGz(entries)))
    .then(async (zipped) => [...zipped, ...await Promise.all(zipped.map(unzipped))]),
  read: async (bytes) => {
    let outcome: "taken" | "refused" = "refused";
    await withFolder(async (folder) => {
      const path = join(folder, "model.tar.gz");
      await Deno.writeFile(path, bytes);
      const unpack = orRefused(() => unpackSavedModel(path, join(folder, "model")));
      outcome = await unpack(bytes);
      const names = (await filesBelow(folder)).filter((name) => name !== "model.tar.gz");
      assert.ok(
        names.every((name) => outcome === "taken" && name.startsWith("model/")),
        `${names}`,
      );
    });
    return outcome;
  },
};

async function unzipped(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
