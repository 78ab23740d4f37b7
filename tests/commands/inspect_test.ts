import assert from "node:assert/strict";
import { join } from "node:path";
import { runHere } from "../helpers/command_line.ts";
import { noise } from "../helpers/memory_catalogue.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff } from "../pipeline/audio/wav_bytes.ts";

/** Writes 16-bit samples at 16 kHz. */
async function writeWav(path: string, samples: Float32Array): Promise<void> {
  const pcm = Int16Array.from(samples, (value) => Math.max(-32768, Math.min(32767, value * 32768)));
  const body = new Uint8Array(pcm.buffer);
  await Deno.writeFile(path, riff([fmt(), { name: "data", body }]));
}

Deno.test("inspect lists level, clipping, dead audio, gaps, overlaps, and what can't be scored", () =>
  withFolder(async (folder) => {
    const first = noise(160_000);
    first.fill(1, 0, 3); // clipped
    first.fill(0.25, 80_000, 96_000); // a second of dead audio
    await Deno.mkdir(join(folder, "deep"));
    await writeWav(join(folder, "deep", "SITE_20210101_010000.wav"), first);
    await writeWav(join(folder, "SITE_20210101_010020.wav"), noise(160_000, 2));
    await writeWav(join(folder, "SITE_20210101_010025.wav"), noise(160_000, 3));
    await Deno.writeFile(join(folder, "SITE_20210101_020000.WAV"), new Uint8Array(0));
    const { code, out } = await runHere(
      ["inspect", folder, "--timezone", "Etc/GMT+8"],
      join(folder, "cache"),
    );
    assert.equal(code, 65, out);
    const lines = out.split("\n");
    assert.match(
      lines[1],
      /^2021-01-01T09:00:00Z +0:10 +16000 +1 +-\d+\.\d +0\.0 +3 +1\.0 .*010000\.wav$/,
    );
    assert.match(lines[2], /then 10\.000 s without audio/);
    assert.match(lines[3], /^2021-01-01T09:00:20Z .* 0 +0\.0 .*010020\.wav$/);
    assert.match(lines[5], /its first 5\.000 s overlap with the file before, which counts/);
    assert.match(out, /Can't be scored: .*SITE_20210101_020000\.WAV as it is empty/);
    assert.match(out, /3 recordings in 3 continuous runs, 0:25 of audio; 1 file can't be scored\./);
  }));

Deno.test("score takes a folder, and one unreadable file among many does not stop it", () =>
  withFolder(async (folder) => {
    const audio = join(folder, "audio");
    await Deno.mkdir(audio);
    await writeWav(join(audio, "SITE_20210101_010000.wav"), noise(160_000));
    await Deno.writeTextFile(join(audio, "SITE_20210101_010100.wav"), "not audio at all");
    const out = join(folder, "out");
    const ended = await runHere(["score", audio, "--model", "demo", "--out", out], folder);
    assert.equal(ended.code, 3, ended.err);
    assert.match(ended.err, /SITE_20210101_010100\.wav as it is not a WAV/);
    assert.match(ended.out, /1 of the recordings could not be read/);
    const manifest = JSON.parse(await Deno.readTextFile(join(out, "2021/01/20210101_01.json")));
    assert.equal(manifest.effortSeconds, 7);
    // Too small to tell how long it was meant to be, it is charged what the other one lasts.
    const lost = manifest.noEffort.at(-2);
    assert.deepEqual([lost.start, lost.stop], ["2021-01-01T01:01:00Z", "2021-01-01T01:01:10Z"]);
    assert.equal(lost.reason.kind, "unreadable");
    assert.match(lost.reason.uri, /\/SITE_20210101_010100\.wav$/);
  }));

Deno.test("a FLAC file gives the same bytes as the WAV that it was made of", () =>
  withFolder(async (folder) => {
    const names = ["SITE_20210101_010000.wav", "SITE_20210101_010000.flac"];
    const flac = new Deno.Command("flac", { args: ["--version"] });
    if (!await flac.output().then(({ success }) => success, () => false)) {
      // deno-lint-ignore no-console
      console.error("Skipped: the command flac is not there to make a file with.");
      return;
    }
    const [wav, compressed] = names.map((name) => join(folder, name));
    await writeWav(wav, noise(320_000));
    await new Deno.Command("flac", { args: ["-s", "-o", compressed, wav] }).output();
    const texts: string[] = [];
    for (const [file, out] of [[wav, "a"], [compressed, "b"]]) {
      const ended = await runHere(
        ["score", file, "--model", "demo", "--out", join(folder, out)],
        folder,
      );
      assert.equal(ended.code, 0, ended.err);
      texts.push(await Deno.readTextFile(join(folder, out, "2021/01/20210101_01.csv")));
    }
    assert.equal(texts[1], texts[0]);
  }));
