import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Manifest, parseManifest } from "../../pipeline/scores/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";
import { describe, energyNetwork, writeDetector } from "../pipeline/detector/write_detector.ts";

/** Writes 20 s of noise. */
async function write(path: string, sampleRateHz: number, channels = 1): Promise<void> {
  const samples = Int16Array.from(noise(20 * sampleRateHz * channels), (value) => value * 32768);
  const body = new Uint8Array(samples.buffer);
  await Deno.writeFile(path, riff([fmt({ sampleRateHz, channels }), { name: "data", body }]));
}

/** Three recordings of 20 s, a minute apart; the one in the middle is another. */
async function writeThree(folder: string, rateHz: number, other: [number, number?]): Promise<void> {
  await Deno.mkdir(folder);
  await write(join(folder, "A_20210101_010000.wav"), rateHz);
  await write(join(folder, "B_20210101_010100.wav"), ...other);
  await write(join(folder, "C_20210101_010200.wav"), rateHz);
}

async function manifestOf(out: string): Promise<Manifest> {
  const path = join(out, "2021/01/20210101_01.json");
  return parseManifest(await Deno.readTextFile(path), path);
}

Deno.test("a recording of too low a rate for the detector is a gap with its reason, others are scored", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await writeThree(audio, 16_000, [2_000]);
    // Of the same time as A, and before it by its name: it must not take A's place.
    await write(join(audio, "A_20210101T010000Z-2kHz.wav"), 2_000);
    const out = join(folder, "out");
    const ended = await runHere(["score", audio, "--model", "demo", "--out", out], folder);
    assert.equal(ended.code, 3, ended.err);
    assert.match(ended.out, /2 of the recordings could not be read/);
    const { effortSeconds, noEffort, notes } = await manifestOf(out);
    assert.equal(effortSeconds, 2 * 17);
    assert.deepEqual(
      noEffort.filter(({ reason }) => reason.kind === "unreadable"),
      [{
        start: "2021-01-01T01:01:00Z",
        stop: "2021-01-01T01:01:20Z",
        reason: {
          kind: "unreadable",
          uri: pathToFileURL(join(audio, "B_20210101_010100.wav")).href,
          version: (await Deno.stat(join(audio, "B_20210101_010100.wav"))).mtime!.toISOString(),
        },
      }],
    );
    assert.ok(
      notes.includes(
        "Cannot read B_20210101_010100.wav as its sample rate is 2000 Hz, and the detector hears to " +
          "5000 Hz, so that it needs 10000 Hz or more.",
      ),
      notes.join("\n"),
    );
  }));

Deno.test("what rate is too low is told by the detector, somebody else's too", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await writeThree(audio, 48_000, [16_000]);
    const high = await writeDetector(
      folder,
      energyNetwork(48_000, 2),
      describe({ sampleRateHz: 24_000 }),
    );
    const out = join(folder, "out");
    for (const source of [[audio], ["--source", audio, "--date", "2021-01-01"]]) {
      const args = ["score", ...source, "--hours", "1-2", "--model", high, "--out", out];
      const ended = await runHere(args, folder);
      assert.equal(ended.code, 3, ended.err);
      const { effortSeconds, noEffort } = await manifestOf(join(out, "first_half"));
      assert.equal(effortSeconds, 2 * 19);
      const [gap] = noEffort.filter(({ reason }) => reason.kind === "unreadable");
      assert.deepEqual([gap.start, gap.stop], ["2021-01-01T01:01:00Z", "2021-01-01T01:01:20Z"]);
      await Deno.remove(out, { recursive: true });
    }
    const low = await writeDetector(
      folder,
      energyNetwork(4_000, 2),
      describe({ sampleRateHz: 2_000 }),
    );
    await write(join(audio, "B_20210101_010100.wav"), 2_000);
    const ended = await runHere(["score", audio, "--model", low, "--out", out], folder);
    assert.equal(ended.code, 3, ended.err); // there are gaps between the recordings
    assert.equal((await manifestOf(join(out, "first_half"))).effortSeconds, 3 * 19);
  }));

Deno.test("a recording without the channel is a gap among those that have it, and alone wrong usage", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await writeThree(audio, 16_000, [16_000, 2]);
    const out = join(folder, "out");
    const score = (place: string) =>
      runHere(["score", place, "--channel", "1", "--model", "demo", "--out", out], folder);
    const ended = await score(audio);
    assert.equal(ended.code, 3, ended.err);
    const { effortSeconds, notes } = await manifestOf(out);
    assert.equal(effortSeconds, 17);
    assert.ok(notes.some((note) => /^Cannot read channel 1 of A_.* only channel 0/.test(note)));
    const alone = await score(join(audio, "A_20210101_010000.wav"));
    assert.equal(alone.code, 64, alone.err);
    assert.match(alone.err, /Cannot read channel 1 of A_20210101_010000\.wav/);
  }));

Deno.test("recordings none of which will do end the run with the first one's reason", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await writeThree(audio, 2_000, [8_000]);
    const args = ["--model", "demo", "--out", join(folder, "out")];
    const files = await runHere(["score", audio, ...args], folder);
    assert.equal(files.code, 65, files.err);
    assert.match(files.err, /none of the 3 recordings can be read; one of them: Cannot read A_/);
    const range = ["score", "--source", audio, "--date", "2021-01-01", ...args];
    const ended = await runHere(range, folder);
    assert.equal(ended.code, 65, ended.err);
    assert.match(ended.err, /sample rate is 2000 Hz/);
    const inspected = await runHere(["inspect", audio], folder);
    assert.equal(inspected.code, 65);
    assert.match(inspected.out, /Can't be scored: .*B_20210101_010100\.wav .* is 8000 Hz/);
  }));

Deno.test("a copy at too low a rate of what is scored is no gap", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await Deno.mkdir(audio);
    await write(join(audio, "A_20210101_010000.wav"), 16_000);
    await write(join(audio, "A_20210101T010000Z-2kHz.wav"), 2_000);
    const args = ["score", audio, "--model", "demo", "--out", join(folder, "out")];
    const ended = await runHere(args, folder);
    assert.equal(ended.code, 0, ended.err);
    assert.match(ended.out, /1 of the recordings could not be read: the manifests say/);
    const { notes } = await manifestOf(join(folder, "out"));
    assert.equal(notes[0], "1 name gives no time zone; taken as UTC: say --timezone.");
    assert.equal(notes.length, 2);
  }));
