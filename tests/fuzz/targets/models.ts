import assert from "node:assert/strict";
import { parseDescription } from "../../../pipeline/detector/description.ts";
import { hasWeightsElsewhere } from "../../../pipeline/detector/load_described.ts";
import { describe, energyNetwork } from "../../pipeline/detector/write_detector.ts";
import { bytesOf, damageAsText, type FuzzTarget, orRefused, textOf } from "../target.ts";

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
