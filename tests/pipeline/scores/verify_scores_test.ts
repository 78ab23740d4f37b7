import assert from "node:assert/strict";
import { join } from "node:path";
import { RECIPES } from "../../../pipeline/detector/mod.ts";
import { RemoteAccess } from "../../../pipeline/places/mod.ts";
import {
  formatManifest,
  formatScoreCsv,
  hourPath,
  readScores,
  ScoreStore,
  type VerifyOptions,
  verifyScores,
} from "../../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../../pipeline/scoring/mod.ts";
import { fakeDetector } from "../../helpers/fake_detector.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { ObjectServer } from "../../helpers/object_server.ts";
import { plantedManifest } from "../../helpers/planted_scores.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const HOUR_MS = 3_600_000;

/** Scores 10 s in each of two hours with an hour without audio between them. */
async function scoreThreeHours(folder: string): Promise<ScoreStore> {
  const file = (name: string, startMs: number) => ({
    name,
    startMs,
    sampleRateHz: 16_000,
    samples: noise(160_000),
  });
  const catalogue = memoryCatalogue([file("a.wav", HOUR), file("b.wav", HOUR + 2 * HOUR_MS)]);
  const store = new ScoreStore(folder);
  const context = { detectors: [fakeDetector()], recipe: RECIPES.exact, gain: 1, channel: 0 };
  await scoreRange({ ...context, ...wholeCatalogue(catalogue), stores: [store] });
  return store;
}

async function states(folder: string, options: VerifyOptions = {}): Promise<string[]> {
  return (await Array.fromAsync(verifyScores(folder, options))).map(({ state }) => state);
}

Deno.test("every hour of a range is whole, without audio, or missing", () =>
  withFolder(async (folder) => {
    await scoreThreeHours(folder);
    assert.deepEqual(await states(folder), ["whole", "no audio", "whole"]);
    assert.deepEqual(await states(folder, { deep: true }), ["whole", "no audio", "whole"]);
    const range = { startMs: HOUR - HOUR_MS, stopMs: HOUR + HOUR_MS };
    assert.deepEqual(await states(folder, range), ["missing", "whole"]);
  }));

Deno.test("a changed score is found by --deep, a lost file without", () =>
  withFolder(async (folder) => {
    const store = await scoreThreeHours(folder);
    const csv = await store.readCsv(HOUR) ?? "";
    await Deno.writeTextFile(store.csvPath(HOUR), csv.replace(",0.", ",0.9"));
    assert.deepEqual(await states(folder), ["whole", "no audio", "whole"]);
    assert.deepEqual(await states(folder, { deep: true }), ["damaged", "no audio", "whole"]);
    await Deno.remove(store.csvPath(HOUR));
    assert.deepEqual(await states(folder), ["missing", "no audio", "whole"]);
    await Deno.writeTextFile(store.manifestPath(HOUR), "{}");
    await Deno.writeTextFile(store.csvPath(HOUR), csv);
    assert.deepEqual(await states(folder), ["damaged", "no audio", "whole"]);
  }));

Deno.test("old scores beside a new manifest, as a killed --force leaves them, are found without --deep", () =>
  withFolder(async (folder) => {
    const store = await scoreThreeHours(folder);
    const manifest = await Deno.readTextFile(store.manifestPath(HOUR));
    // Copied or touched, the scores are older and yet the manifest's own.
    await Deno.writeTextFile(store.manifestPath(HOUR), manifest);
    await Deno.utime(store.csvPath(HOUR), 1609459200, 1609459200);
    assert.deepEqual(await states(folder), ["whole", "no audio", "whole"]);
    const other = manifest.replace(/"sha256": "[0-9a-f]{64}"/, `"sha256": "${"0".repeat(64)}"`);
    await Deno.writeTextFile(store.manifestPath(HOUR), other);
    assert.deepEqual(await states(folder), ["damaged", "no audio", "whole"]);
  }));

Deno.test("so are those in a bucket, by the times that it lists", async () => {
  await using server = await ObjectServer.start();
  const access = new RemoteAccess({ endpoint: server.origin, unsigned: true });
  const csv = formatScoreCsv(HOUR, new Float64Array(3600).fill(0.5));
  const bytes = (text: string) => new TextEncoder().encode(text);
  const at = (second: number) => `Fri, 01 Jan 2021 00:00:0${second} GMT`;
  const put = (kind: string, text: string, second: number) =>
    server.objects.set(`/sea/${hourPath(HOUR)}.${kind}`, {
      bytes: bytes(text),
      lastModified: at(second),
    });
  const state = async () =>
    (await Array.fromAsync(verifyScores("s3://sea", { access }))).map(({ state }) => state);
  put("csv", csv, 1);
  put("json", formatManifest(plantedManifest(HOUR, csv)), 1);
  assert.deepEqual(await state(), ["whole"]);
  put("json", formatManifest(plantedManifest(HOUR, `${csv}\n`)), 2);
  assert.deepEqual(await state(), ["damaged"]);
  access.close();
});

Deno.test("scores are read back hour by hour, the earlier pipeline's among them", () =>
  withFolder(async (folder) => {
    await scoreThreeHours(folder);
    const old = formatScoreCsv(HOUR - HOUR_MS, new Float64Array(3600).fill(0.5))
      .replaceAll("T", " ").replaceAll("Z,", ",").replaceAll("\n", "\r\n");
    await Deno.mkdir(join(folder, "old"));
    await Deno.writeTextFile(join(folder, "old", "20210101_8.csv"), old);
    const hours = await Array.fromAsync(readScores(folder));
    assert.deepEqual(hours.map(({ hourMs }) => (hourMs - HOUR) / HOUR_MS), [-1, 0, 1, 2]);
    assert.equal(hours[0].manifest, undefined);
    assert.equal(hours[0].scores[0], 0.5);
    assert.equal(hours[1].manifest?.effortSeconds, 7);
    assert.ok(hours[2].scores.every(Number.isNaN));
    assert.deepEqual((await states(folder))[0], "unknown origin");
  }));

Deno.test("one hour in two places is refused", () =>
  withFolder(async (folder) => {
    const store = await scoreThreeHours(folder);
    await Deno.copyFile(store.csvPath(HOUR), join(folder, "20210101_9.csv"));
    await assert.rejects(states(folder), /one hour is there twice: .*20210101_0?9\.csv/);
  }));

Deno.test("scores beside a manifest that is not theirs are not read", () =>
  withFolder(async (folder) => {
    const store = await scoreThreeHours(folder);
    const csv = await store.readCsv(HOUR) ?? "";
    await Deno.writeTextFile(store.csvPath(HOUR), csv.replace(",0.", ",0.9"));
    await assert.rejects(Array.fromAsync(readScores(folder)), /not those of their manifest/);
  }));
