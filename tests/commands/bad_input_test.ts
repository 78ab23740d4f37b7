import assert from "node:assert/strict";
import { join } from "node:path";
import { runHere } from "../helpers/command_line.ts";
import { withFolder } from "../helpers/temporary_folder.ts";
import { fmt, riff, text } from "../pipeline/audio/wav_bytes.ts";
import { smallHumpback } from "../pipeline/detector/saved_model/small_humpback.ts";
import { writeCheckpoint } from "../pipeline/detector/saved_model/write_checkpoint.ts";
import { writeTarGz } from "../pipeline/detector/saved_model/write_tar_gz.ts";

const NAME = "SITE_20210101_093000.wav";
const data = (bytes: number) => ({ name: "data", body: new Uint8Array(bytes) });
const GOOD_WAV = riff([fmt(), data(160_000)]);
const GROUPS = [[1, 2, 1], [1, 2, 1], [1, 2, 1], [1, 2, 1]] as const;

/** Runs a command that must fail with one clear sentence. */
async function fails(
  args: string[],
  code: number,
  pattern: RegExp,
  folder: string,
): Promise<void> {
  const ended = await runHere(args, join(folder, "cache"));
  assert.equal(ended.code, code, ended.err);
  assert.match(ended.err, pattern);
  assert.equal(ended.err.trim().split("\n").length, 1, `one sentence: ${ended.err}`);
  assert.ok(!ended.err.includes("    at "), `no stack trace: ${ended.err}`);
}

const recordings: [what: string, name: string, bytes: Uint8Array, pattern: RegExp][] = [
  ["an empty file", NAME, new Uint8Array(0), /SITE_20210101_093000\.wav as it is empty/],
  [
    "text renamed .wav",
    NAME,
    Uint8Array.from(text("hello, I am text\n".repeat(9))),
    /as it is not a WAV/,
  ],
  ["a header only", NAME, riff([fmt(), data(0)]), /without audio/],
  ["a compressed WAV", NAME, riff([fmt({ tag: 0x11, bits: 4 }), data(4096)]), /ADPCM|compress/i],
  ["4 kHz", NAME, riff([fmt({ sampleRateHz: 4000 }), data(8000)]), /4000/],
  ["a name without a time", "song.wav", GOOD_WAV, /--recording-start 2021-01-01T00:00:00Z/],
];
for (const [what, name, bytes, pattern] of recordings) {
  Deno.test(`score says in one sentence what is wrong with ${what}`, () =>
    withFolder(async (folder) => {
      const file = join(folder, name);
      await Deno.writeFile(file, bytes);
      await fails(
        ["score", file, "--model", "demo", "--out", join(folder, "out")],
        65,
        pattern,
        folder,
      );
    }));
}

Deno.test("score refuses options that can't be", () =>
  withFolder(async (folder) => {
    const file = join(folder, NAME);
    await Deno.writeFile(file, GOOD_WAV);
    const refuse = (options: string[], pattern: RegExp) =>
      fails(["score", file, ...options], 64, pattern, folder);
    await refuse(["--hours", "7-3"], /--hours/);
    await refuse(["--gain", "0"], /--gain/);
    await refuse(["--out", ""], /Cannot take --out as it is empty/);
    await refuse(["--threads", "none"], /--threads/);
    await refuse(["--recipe", "best"], /--recipe.*exact, google, mbari, redun/);
    await refuse(["--recording-start", "yesterday", "--model", "demo"], /yesterday/);
    const model = await modelFolder(folder);
    await refuse(["--model", model, "--hours", "3"], /no hour of the recordings lies in --hours/);
  }));

Deno.test("score without the published detector says the two ways on", () =>
  withFolder(async (folder) => {
    const file = join(folder, NAME);
    await Deno.writeFile(file, GOOD_WAV);
    await fails(["score", file], 78, /megaptera model install.*--model demo/, folder);
  }));

/** A small detector's SavedModel in a folder. */
async function modelFolder(
  folder: string,
  edit: (variables: ReturnType<typeof smallHumpback>) => ReturnType<typeof smallHumpback> = (v) =>
    v,
): Promise<string> {
  const path = join(folder, "model");
  await writeCheckpoint(path, edit(smallHumpback({ groups: GROUPS })));
  return path;
}

async function scoreWith(
  folder: string,
  model: string,
  code: number,
  pattern: RegExp,
): Promise<void> {
  const file = join(folder, NAME);
  await Deno.writeFile(file, GOOD_WAV);
  await fails(
    ["score", file, "--model", model, "--out", join(folder, "out")],
    code,
    pattern,
    folder,
  );
}

Deno.test("score names the variable that a model lacks", () =>
  withFolder(async (folder) => {
    const model = await modelFolder(
      folder,
      (variables) =>
        variables.filter(({ fullName }) =>
          !fullName.endsWith("group_2/block_widen/main_path/conv/kernel")
        ),
    );
    await scoreWith(folder, model, 65, /group_2.*conv.*kernel/);
  }));

Deno.test("score finds one flipped bit in a model's data file", () =>
  withFolder(async (folder) => {
    const model = await modelFolder(folder);
    const path = join(model, "variables", "variables.data-00000-of-00001");
    const bytes = await Deno.readFile(path);
    bytes[bytes.length >> 1] ^= 4;
    await Deno.writeFile(path, bytes);
    await scoreWith(folder, model, 65, /variables\.data-00000-of-00001.*checksum/);
  }));

Deno.test("score says that a SavedModel is of something else", () =>
  withFolder(async (folder) => {
    const path = join(folder, "model");
    await writeCheckpoint(path, [
      { key: "a", fullName: "encoder/kernel", shape: [2], values: new Float32Array(2) },
    ]);
    await scoreWith(folder, path, 65, /pcen|encoder\/kernel/);
  }));

Deno.test("score refuses an archive with ../ in it, and writes nothing outside", () =>
  withFolder(async (folder) => {
    const archive = join(folder, "evil.tar.gz");
    await Deno.writeFile(
      archive,
      await writeTarGz([{ name: "../escaped", bytes: new Uint8Array(3) }]),
    );
    await scoreWith(folder, archive, 65, /\.\.\/escaped/);
    await assert.rejects(Deno.stat(join(folder, "..", "escaped")));
  }));

Deno.test("score says where it may not write", () =>
  withFolder(async (folder) => {
    const file = join(folder, NAME);
    await Deno.writeFile(file, GOOD_WAV);
    const model = await modelFolder(folder);
    const out = join(folder, "out");
    await Deno.writeTextFile(out, "a file where a folder should be");
    await fails(
      ["score", file, "--model", model, "--out", out],
      77,
      /Cannot write scores to/,
      folder,
    );
  }));

Deno.test("two files that overlap: the first counts, and the manifest says so", () =>
  withFolder(async (folder) => {
    const model = await modelFolder(folder);
    const noise = (seed: number): Uint8Array =>
      Uint8Array.from({ length: 640_000 }, (_, i) => (i * i * seed * 31) >> 5);
    const names = ["SITE_20210101_093000.wav", "SITE_20210101_093010.wav"];
    for (const [i, name] of names.entries()) {
      const bytes = riff([fmt(), { name: "data", body: noise(i + 1) }]);
      await Deno.writeFile(join(folder, name), bytes);
    }
    const files = names.map((name) => join(folder, name));
    const out = join(folder, "out");
    const ended = await runHere(["score", ...files, "--model", model, "--out", out], folder);
    assert.equal(ended.code, 0, ended.err);
    assert.match(
      ended.err,
      /overlap from 2021-01-01T09:30:10Z to 2021-01-01T09:30:20Z: the first counts/,
    );
    const manifest = JSON.parse(await Deno.readTextFile(join(out, "2021/01/20210101_09.json")));
    assert.equal(manifest.notes.length, 2);
    assert.equal(manifest.segments[1].fileFrame, 160_000);
  }));

Deno.test("verify says what is not there", () =>
  withFolder(async (folder) => {
    await fails(["verify", folder], 65, /holds no hourly score files/, folder);
    await fails(["verify", join(folder, "nowhere")], 65, /no such folder/, folder);
    const range = ["--start", "2021-01-02", "--stop", "2021-01-01"];
    await fails(["verify", folder, ...range], 64, /stops before it starts/, folder);
  }));

Deno.test("an unknown command or a missing argument is a usage error", () =>
  withFolder(async (folder) => {
    await fails(["sing"], 64, /unknown command 'sing'/, folder);
    await fails(["score"], 64, /as nothing is named: give files or folders, or a day/, folder);
  }));
