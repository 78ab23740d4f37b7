import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { CALL_FORMATS, openBoutExporters, readBouts } from "../../../analysis/exports/mod.ts";
import { parseAudacityLabels } from "../../../analysis/tables/audacity_labels.ts";
import type { Bout } from "../../../pipeline/bouts/mod.ts";
import { MADE_ABOUT } from "../../helpers/made_bouts.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";

const START = Date.UTC(2021, 0, 1);
const FILE_SECONDS = 5000;
const FILES = 6;

/** A manifest of recordings that follow each other without a gap. */
const manifest = plantedManifest(START, "", {
  files: Array.from({ length: FILES }, (_, i) => ({
    uri: `file:///audio/${i}.wav`,
    sizeBytes: 1,
    version: "1",
    start: new Date(START + i * FILE_SECONDS * 1000).toISOString(),
    frames: FILE_SECONDS * 16_000,
    sampleRateHz: 16_000,
    channels: 1,
  })),
  segments: Array.from({ length: FILES }, (_, file) => ({
    file,
    start: new Date(START + file * FILE_SECONDS * 1000).toISOString(),
    stop: new Date(START + (file + 1) * FILE_SECONDS * 1000).toISOString(),
    fileFrame: 0,
  })),
});

const sixth = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1e6);
const madeBout = fc.record({
  gap: fc.integer({ min: 0, max: 3000 }),
  seconds: fc.integer({ min: 1, max: 2000 }),
  positive: fc.integer({ min: 1, max: 2000 }),
  peak: sixth,
  mean: sixth,
  peakAt: fc.integer({ min: 0, max: 999 }),
  atGap: fc.boolean(),
});

/** Bouts that follow each other within the recordings. */
const someBouts = fc.array(madeBout, { maxLength: 8 }).map((made) => {
  let atMs = START + 1456;
  const bouts: Bout[] = [];
  for (const { gap, seconds, positive, peak, mean, peakAt, atGap } of made) {
    const startMs = atMs + gap * 1000;
    const stopMs = startMs + seconds * 1000;
    if (stopMs > START + FILES * FILE_SECONDS * 1000) break;
    bouts.push({
      startMs,
      stopMs,
      positiveSeconds: positive,
      peakScore: peak,
      meanScore: mean,
      peakMs: startMs + peakAt,
      atGap,
    });
    atMs = stopMs;
  }
  return bouts;
});

async function write(folder: string, bouts: readonly Bout[]): Promise<void> {
  const exporters = await openBoutExporters(join(folder, "calls.csv"), CALL_FORMATS);
  for (const exporter of exporters) {
    exporter.onManifest?.(manifest);
    for (const bout of bouts) await exporter.add(bout);
    await exporter.commit(MADE_ABOUT);
    await exporter.close();
  }
}

Deno.test("what is written in each format is read back", () =>
  fc.assert(
    fc.asyncProperty(someBouts, (bouts) =>
      withFolder(async (folder) => {
        await write(folder, bouts);
        for (const name of ["calls.csv", "calls.raven.txt", "calls.json", "calls.parquet"]) {
          assert.deepEqual(await readBouts(join(folder, name)), bouts, name);
        }
        const table = await Deno.readTextFile(join(folder, "calls.csv"));
        assert.doesNotMatch(table, /,-?\d+\.\d{3}(?=[,\n])/, "a spreadsheet may read thousands");
        const detections = (await Deno.readTextFile(join(folder, "calls.pamscapes.csv"))).trimEnd();
        assert.deepEqual(detections.split("\n").slice(1), bouts.map(wholeSeconds));
        const labelled = await labelsOf(folder);
        const seconds = bouts.reduce((sum, bout) => sum + (bout.stopMs - bout.startMs) / 1000, 0);
        assert.ok(Math.abs(labelled - seconds) < 1e-3, "labels cover the calls");
      })),
    { seed: 13, numRuns: 25 },
  ));

/** A bout as PAMscapes gets it: to the nearest second, and as long as it is. */
function wholeSeconds({ startMs, stopMs }: Bout): string {
  const iso = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
  const from = Math.round(startMs / 1000) * 1000;
  return `${iso(from)},${iso(from + stopMs - startMs)},Humpback whale`;
}

/** Seconds that all labels cover, each within its recording. */
async function labelsOf(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await filesBelow(folder)) {
    if (!name.startsWith("calls.audacity/")) continue;
    const text = await Deno.readTextFile(join(folder, name));
    for (const { fromSeconds, toSeconds } of parseAudacityLabels(text, name)) {
      assert.ok(fromSeconds >= 0 && toSeconds <= FILE_SECONDS);
      sum += toSeconds - fromSeconds;
    }
  }
  return sum;
}

Deno.test("a bout that no manifest places can't be written for Raven or Audacity", () =>
  withFolder(async (folder) => {
    const exporters = await openBoutExporters(join(folder, "calls.csv"), ["raven", "audacity"]);
    const bout = { startMs: START - 5000, stopMs: START - 2000, positiveSeconds: 3, peakScore: 1 };
    const whole = { ...bout, meanScore: 1, peakMs: START - 4000, atGap: false };
    for (const exporter of exporters.slice(0, 2)) {
      exporter.onManifest?.(manifest);
      await assert.rejects(exporter.add(whole), /no manifest says which recording it lies in/);
    }
    for (const exporter of exporters) await exporter.close();
    assert.deepEqual(await filesBelow(folder), [], "nothing is left behind");
  }));

Deno.test("a table or list of bouts that is wrong is named with its line and column", () =>
  withFolder(async (folder) => {
    const bouts: Bout[] = [{
      startMs: START,
      stopMs: START + 5000,
      positiveSeconds: 5,
      peakScore: 0.9,
      meanScore: 0.8,
      peakMs: START + 2000,
      atGap: false,
    }];
    await write(folder, bouts);
    const damage = async (name: string, from: string, to: string, pattern: RegExp) => {
      const path = join(folder, name);
      const text = await Deno.readTextFile(path);
      assert.ok(text.includes(from));
      await Deno.writeTextFile(path, text.replace(from, to));
      await assert.rejects(readBouts(path), pattern);
    };
    await damage("calls.csv", ",0.9,", ",1.9,", /calls\.csv line 2 as its column "peak_score"/);
    await damage("calls.csv", "start,", "begin,", /calls\.csv line 1 .* column "start"/);
    await damage("calls.json", '"at_gap":false', '"at_gap":0', /number 1 as its column "at_gap"/);
    await damage("calls.raven.txt", "\t0.9\t", "\tnan\t", /line 2 as its column "peak_score"/);
    await damage("calls.raven.txt", "Mean Score", "Mean", /line 1 .* column "Mean Score"/);
    await Deno.truncate(join(folder, "calls.parquet"), 100);
    await assert.rejects(readBouts(join(folder, "calls.parquet")), /not a whole Parquet file/);
  }));
