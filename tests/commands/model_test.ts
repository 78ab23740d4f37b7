import assert from "node:assert/strict";
import { join } from "node:path";
import { megaptera } from "../helpers/command_line.ts";
import { fixture } from "../helpers/fixtures.ts";
import { withFolder } from "../helpers/temporary_folder.ts";

const SAVED = (name: string): string => fixture(`saved_model/${name}`);

/** Runs `model`, which must fail with one sentence. */
async function fails(args: string[], code: number, words: RegExp, cache: string): Promise<void> {
  const ended = await megaptera(["model", ...args], cache);
  assert.equal(ended.code, code, ended.err);
  assert.match(ended.err, words);
  assert.equal(ended.err.trim().split("\n").length, 1, `one sentence: ${ended.err}`);
}

Deno.test("model install refuses what is not the published detector, and leaves nothing installed", () =>
  withFolder(async (folder) => {
    const install = (path: string, words: RegExp): Promise<void> =>
      fails(["install", "--from", path], 65, words, folder);
    const zip = join(folder, "humpback.zip");
    await Deno.writeFile(zip, new TextEncoder().encode("PK\x03\x04"));
    await install(zip, /Cannot read .*humpback\.zip as it is packed with zip: unpack it, and give/);
    await install(
      SAVED("published.tar.gz"),
      /as google\/humpback_whale\/1 as its network is another: the widths .* are 2, 1 × 2\/4, 2 × 3\/6: not 64, 3 × 64\/256, .*--model PATH/,
    );
    await install(
      SAVED("flat-2khz.tar.gz"),
      /is for other audio .*7,755 samples; its graph says 2,000 Hz.*every 53.*1,000 Hz: put .*\.onnx/,
    );
    await install(SAVED("retrained-2khz.tar.gz"), /its metadata says 2,000 Hz, windows of 7,755/);
    await fails(["show"], 78, /not installed: run `megaptera model install`/, folder);
  }));

Deno.test("a detector that an earlier version installed is to be installed again", () =>
  withFolder(async (folder) => {
    const installed = join(folder, "models", "google-humpback_whale-1");
    await Deno.mkdir(installed, { recursive: true });
    await Deno.writeTextFile(join(installed, "model.json"), '{"format":"megaptera-model/1"}');
    await fails(
      ["show"],
      78,
      /an earlier version installed it, which did not check for what audio it is: install it again/,
      folder,
    );
  }));

Deno.test("score takes an export of the family without metadata, and refuses one for 2 kHz", () =>
  withFolder(async (folder) => {
    const out = join(folder, "out");
    const score = (model: string): ReturnType<typeof megaptera> =>
      megaptera([
        ...["score", fixture("song-10k.wav"), "--recording-start", "2021-01-01T00:00:00Z"],
        ...["--model", SAVED(model), "--out", out],
      ], folder);
    const refused = await score("flat-2khz.tar.gz");
    assert.equal(refused.code, 65);
    assert.match(refused.err, /flat-2khz\.tar\.gz as its network is for other audio/);
    const ended = await score("flat.tar.gz");
    assert.equal(ended.code, 0, ended.err);
    const csv = await Deno.readTextFile(join(out, "2021/01/20210101_00.csv"));
    assert.equal(csv.match(/Z,[01]\.\d{6}/g)?.length, 27);
  }));
