import assert from "node:assert/strict";
import { join } from "node:path";
import { type LostFrames, openFlac, openWav } from "../../../pipeline/audio/mod.ts";
import { SalvagedSource } from "../../../pipeline/audio/salvaged_source.ts";
import { openFileSource } from "../../../pipeline/places/file_source.ts";
import { reasonWords, ScoreStore } from "../../../pipeline/scores/mod.ts";
import { catalogueFiles } from "../../../pipeline/timeline/mod.ts";
import { badSectors, SECTOR_BYTES } from "../../helpers/bad_sectors.ts";
import { noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";
import { encodeSamples, hasFlac } from "./flac/flac_command.ts";
import { fmt, riff } from "./wav_bytes.ts";

const RATE_HZ = 10_000;
const HEADER_BYTES = 44;

function wav(seconds: number): Uint8Array<ArrayBuffer> {
  const samples = Int16Array.from(noise(seconds * RATE_HZ), (value) => value * 32768);
  const data = { name: "data", body: new Uint8Array(samples.buffer) };
  return riff([fmt({ sampleRateHz: RATE_HZ }), data]);
}

Deno.test("around a bad sector all is read, and it is told which bytes are lost", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.wav");
    const whole = wav(60);
    await Deno.writeFile(path, whole);
    for (const bad of [[7], [7, 8], [0, 100], [3, 50, 51, 200], [292]]) {
      const source = new SalvagedSource(await openFileSource(path, badSectors(new Set(bad))));
      const expected = whole.slice();
      for (const sector of bad) {
        expected.fill(0, sector * SECTOR_BYTES, (sector + 1) * SECTOR_BYTES);
      }
      assert.deepEqual(await source.read(0, whole.length), expected, `${bad}`);
      const lost = source.gapsWithin(0, whole.length)
        .reduce((sum, { start, stop }) => sum + stop - start, 0);
      const there = whole.length - Math.floor(whole.length / SECTOR_BYTES) * SECTOR_BYTES;
      assert.equal(
        lost,
        bad.length * SECTOR_BYTES - (bad.includes(292) ? SECTOR_BYTES - there : 0),
      );
      assert.deepEqual(source.gapsWithin(5 * SECTOR_BYTES, 6 * SECTOR_BYTES), []);
      assert.deepEqual(await source.read(20_000, 4000), expected.slice(20_000, 24_000));
      source.close();
    }
  }));

Deno.test("a disk of which nothing can be read is soon left alone, and other faults are passed on", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.wav");
    await Deno.writeFile(path, wav(60));
    const all = new Set(Array.from({ length: 400 }, (_, sector) => sector));
    const source = new SalvagedSource(await openFileSource(path, badSectors(all)));
    await assert.rejects(source.read(0, 1_000_000), { kind: "data", message: /disk can't give/ });
    source.close();
    const cut = new SalvagedSource(await openFileSource(path, badSectors(new Set())));
    await Deno.truncate(path, 10);
    await assert.rejects(cut.read(0, 1_000_000), /became shorter/);
    cut.close();
  }));

Deno.test("a bad sector costs a WAV file its own frames", () =>
  withFolder(async (folder) => {
    const path = join(folder, "a.wav");
    await Deno.writeFile(path, wav(60));
    const whole = await openWav(await openFileSource(path));
    const recording = await openWav(await openFileSource(path, badSectors(new Set([10]))));
    const lost: LostFrames[] = [];
    const samples = await recording.read(0, 60 * RATE_HZ, 0, (frames) => lost.push(frames));
    const [from, to] = [10, 11].map((sector) => (sector * SECTOR_BYTES - HEADER_BYTES) / 2);
    const [{ startFrame, stopFrame, kind, reason, failed }, ...more] = lost;
    assert.deepEqual([startFrame, stopFrame, kind, failed], [from, to, "unreadable", true]);
    assert.match(reason, /a\.wav as the disk can't give what is there/);
    assert.deepEqual(more, []);
    const expected = await whole.read(0, 60 * RATE_HZ, 0);
    assert.deepEqual(samples, expected.fill(0, from, to));
    await assert.rejects(recording.read(from - 10, 20, 0), { kind: "data" });
    assert.equal((await recording.read(0, from, 0)).length, from);
    for (const one of [whole, recording]) one.close();
  }));

Deno.test({
  name: "a bad sector costs a FLAC file the blocks that it touches",
  ignore: !hasFlac,
  fn: () =>
    withFolder(async (folder) => {
      const path = join(folder, "a.flac");
      const shape = { channels: 1, bits: 16, sampleRateHz: RATE_HZ };
      await encodeSamples(path, wav(60).subarray(HEADER_BYTES), shape);
      const whole = await openFlac(await openFileSource(path));
      const expected = await whole.read(0, whole.frames, 0);
      const recording = await openFlac(await openFileSource(path, badSectors(new Set([40]))));
      const lost: LostFrames[] = [];
      const samples = await recording.read(0, whole.frames, 0, (frames) => lost.push(frames));
      assert.ok(lost.length > 0 && lost.every(({ failed }) => failed));
      assert.match(lost[0].reason, /the disk can't give what is there/);
      const count = lost.reduce(
        (sum, { startFrame, stopFrame }) => sum + stopFrame - startFrame,
        0,
      );
      assert.ok(count < 20_000, `${count} frames of ${whole.frames}`);
      for (const { startFrame, stopFrame } of lost) expected.fill(0, startFrame, stopFrame);
      assert.deepEqual(samples, expected);
      for (const one of [whole, recording]) one.close();
    }),
});

Deno.test("a bad sector is a gap of its hour, and the hour is tried again by the next run", () =>
  withFolder(async (folder) => {
    const names = ["20210101_000000.wav", "20210101_010000.wav"];
    const paths = names.map((name) => join(folder, name));
    for (const path of paths) await Deno.writeFile(path, wav(60));
    const whole = await score(await catalogueFiles(paths));
    const sectors = new Set<number>();
    const system = badSectors(sectors);
    const catalogue = await catalogueFiles(paths);
    const failing = {
      ...catalogue,
      open: async (entry: number) => await openWav(await openFileSource(paths[entry], system)),
    };
    sectors.add(100);
    const store = new ScoreStore(join(folder, "out"));
    const { hours, outcomes } = await score(failing, { store });
    assert.deepEqual(outcomes.map(({ state }) => state), ["scored", "scored"]);
    const [hourMs] = hours.keys();
    const { manifest, scores } = hours.get(hourMs)!;
    const second = Math.floor((100 * SECTOR_BYTES - HEADER_BYTES) / 2 / RATE_HZ);
    const lost = manifest.noEffort.find(({ reason }) => reason.kind === "unreadable");
    assert.equal(lost?.start.slice(14, 19), `00:${second}`);
    assert.equal(reasonWords(lost!.reason), `unreadable recording ${names[0]}`);
    assert.match(manifest.notes.join(" "), /disk can't give what is there/);
    const expected = whole.hours.get(hourMs)!.scores;
    for (const [bin, score] of scores.entries()) {
      const hears = bin > second - 4 && bin <= second;
      assert.ok(hears ? Number.isNaN(score) : Object.is(score, expected[bin]), `second ${bin}`);
    }
    // The disk is as bad as before: the run goes on all the same.
    const again = await score(failing, { store });
    assert.deepEqual(again.outcomes.map(({ state }) => state), ["scored", "scored"]);
    sectors.clear();
    const mended = await score(failing, { store });
    assert.deepEqual(mended.outcomes.map(({ state }) => state), ["scored", "scored"]);
    assert.deepEqual(mended.hours.get(hourMs)!.scores, expected);
    const done = await score(failing, { store });
    assert.deepEqual(done.outcomes.map(({ state }) => state), ["done", "done"]);
  }));
