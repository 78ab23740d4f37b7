import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoutExporters } from "../../../analysis/exports/mod.ts";
import { formatUtc } from "../../../core/time.ts";
import type { Manifest } from "../../../pipeline/scores/mod.ts";
import { MADE_ABOUT } from "../../helpers/made_bouts.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const START = Date.UTC(2021, 0, 1);
const RECORDING_HZ = 96_000;

/** Low and high frequency of the box of a bout that a detector found in audio of 96 kHz. */
async function bandOf(detector: Partial<Manifest["detector"]>): Promise<string[]> {
  let band: string[] = [];
  await withFolder(async (folder) => {
    const out = join(folder, "calls.txt");
    const [raven] = await openBoutExporters(out, ["raven"]);
    const [start, stop] = [START, START + 3_600_000].map(formatUtc);
    const planted = plantedManifest(START, "");
    const file = { uri: "file:///a.wav", sizeBytes: 1, version: "1", start, channels: 1 };
    raven.onManifest?.({
      ...planted,
      detector: { ...planted.detector, ...detector },
      files: [{ ...file, frames: 3600 * RECORDING_HZ, sampleRateHz: RECORDING_HZ }],
      segments: [{ file: 0, start, stop, fileFrame: 0 }],
    });
    await raven.add({
      ...{ startMs: START + 1000, stopMs: START + 3000, peakMs: START + 2000 },
      ...{ positiveSeconds: 2, peakScore: 1, meanScore: 1, atGap: false },
    });
    const [table] = await raven.commit(MADE_ABOUT);
    const [header, row] = (await Deno.readTextFile(table)).split("\n").map((line) =>
      line.split("\t")
    );
    band = ["Low Freq (Hz)", "High Freq (Hz)"].map((name) => row[header.indexOf(name)]);
    await raven.close();
  });
  return band;
}

Deno.test("a box in Raven reaches over the band that the detector heard, as its manifest says", async () => {
  assert.deepEqual(await bandOf({ sampleRateHz: 10_000 }), ["0.0", "5000.0"]);
  assert.deepEqual(await bandOf({ sampleRateHz: 24_000, windowSeconds: 2 }), ["0.0", "12000.0"]);
  assert.deepEqual(await bandOf({ sampleRateHz: 2001, windowSeconds: 2 }), ["0.0", "1000.5"]);
});

Deno.test("of an earlier release's manifest it is known for the published detector's family", async () => {
  assert.deepEqual(await bandOf({}), ["0.0", "5000.0"]);
  // Of another detector it is all that the recording holds.
  assert.deepEqual(await bandOf({ windowSeconds: 2 }), ["0.0", "48000.0"]);
});
