import assert from "node:assert/strict";
import { join } from "node:path";
import { readDemo } from "../../pipeline/detector/load_detector.ts";
import { buildNetwork } from "../../pipeline/detector/mod.ts";
import { parseManifest } from "../../pipeline/scores/mod.ts";
import { runHere } from "../helpers/command_line.ts";
import { fixture } from "../helpers/fixtures.ts";
import { scoresBelow } from "../helpers/scored_files.ts";
import { filesBelow, withFolder } from "../helpers/temporary_folder.ts";
import { leftovers } from "../pipeline/detector/saved_model/leftovers.ts";
import { smallHumpback } from "../pipeline/detector/saved_model/small_humpback.ts";
import {
  type TestVariable,
  writeCheckpoint,
} from "../pipeline/detector/saved_model/write_checkpoint.ts";
import { describe, writeDetector } from "../pipeline/detector/write_detector.ts";

const MANIFEST = "2021/01/20210101_09.json";

/** Scores the song from 09:30:00 on. */
async function scoreSong(folder: string, model: string, name: string): Promise<string> {
  const wav = join(folder, "SITE_20210101_093000.wav");
  if (!await Deno.stat(wav).catch(() => false)) await Deno.copyFile(fixture("song-16k.wav"), wav);
  const out = join(folder, name);
  const args = ["score", wav, "--model", model, "--out", out];
  const { code, err } = await runHere(args, join(folder, "cache"));
  assert.equal(code, 0, err);
  return out;
}

/** Writes a detector of the family as somebody's training left it. */
async function writeModel(folder: string, variables: readonly TestVariable[]): Promise<string> {
  const path = join(folder, "model");
  await writeCheckpoint(path, variables);
  return path;
}

Deno.test("a retrained variant with leftovers of training scores as one without", () =>
  withFolder(async (folder) => {
    const variables = smallHumpback({ spelling: "list", seed: 7 });
    const clean = await scoreSong(folder, await writeModel(folder, variables), "clean");
    await Deno.remove(join(folder, "model"), { recursive: true });
    const littered = await writeModel(folder, [...variables, ...leftovers()]);
    const out = await scoreSong(folder, littered, "littered");
    const scores = await scoresBelow(out);
    assert.deepEqual(scores, await scoresBelow(clean));
    assert.ok(Object.values(scores).join("").match(/Z,0\.\d{6}/g)!.length > 5);
    const manifest = async (of: string) =>
      parseManifest(await Deno.readTextFile(join(of, MANIFEST)), MANIFEST);
    assert.equal((await manifest(out)).fingerprint, (await manifest(clean)).fingerprint);
  }));

Deno.test("a variant of several classes scores into a tree a class", () =>
  withFolder(async (folder) => {
    const model = await writeModel(folder, smallHumpback({ classes: 2, seed: 3 }));
    const out = await scoreSong(folder, model, "out");
    const files = await filesBelow(out);
    assert.deepEqual(files.filter((name) => name.endsWith(".csv")), [
      "class_0/2021/01/20210101_09.csv",
      "class_1/2021/01/20210101_09.csv",
    ]);
    const [first, second] = Object.values(await scoresBelow(out));
    assert.notEqual(first, second);
  }));

Deno.test("a network over this project's front end scores as the detector that it was made from", () =>
  withFolder(async (folder) => {
    const demo = await readDemo();
    const { alpha, delta, root, smoothing } = demo.pcen;
    const pcen = { alpha: [...alpha], delta: [...delta], root: [...root], smoothing };
    const description = {
      name: "demo by description",
      sampleRateHz: 10_000,
      windowSeconds: 3.9124,
      classNames: ["Mn"],
    };
    const own = await scoresBelow(await scoreSong(folder, "demo", "demo"));
    for (const [name, kind] of [["scores", "probability"], ["logits", "logit"]]) {
      const model = await writeDetector(
        folder,
        buildNetwork(demo),
        describe({ ...description, input: { kind: "mel-pcen", pcen }, output: { name, kind } }),
      );
      const theirs = await scoresBelow(await scoreSong(folder, model, name));
      if (kind === "probability") assert.deepEqual(theirs, own);
      for (const [path, text] of Object.entries(own)) {
        const rows = theirs[path].split("\n");
        text.split("\n").forEach((row, i) => {
          const [score, found] = [row, rows[i]].map((line) => line.split(",")[1]);
          assert.ok(score === found || Math.abs(Number(score) - Number(found)) < 2e-6, rows[i]);
        });
      }
    }
  }));
