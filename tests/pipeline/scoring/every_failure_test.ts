import assert from "node:assert/strict";
import { join } from "node:path";
import { RECIPES } from "../../../pipeline/detector/mod.ts";
import { DiskStorage } from "../../../pipeline/places/mod.ts";
import { ScoreStore } from "../../../pipeline/scores/mod.ts";
import { scoreRange, wholeCatalogue } from "../../../pipeline/scoring/mod.ts";
import {
  failingCatalogue,
  failingFiles,
  type Failure,
  Operations,
  Stopped,
} from "../../helpers/failing_operations.ts";
import { fakeDetector } from "../../helpers/fake_detector.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { filesBelow, withFolder } from "../../helpers/temporary_folder.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const RATE_HZ = 16_000;
/** Two recordings that join, of 8 s in all. */
const RECORDINGS = [0, 1].map((part) => ({
  name: `${part}.wav`,
  startMs: HOUR + part * 4000,
  sampleRateHz: RATE_HZ,
  samples: noise(4 * RATE_HZ, part + 1),
}));
const CLOCK = { nowMs: () => HOUR };

/** Scores a tiny hour while operations fail. */
async function score(out: string, operations: Operations, force = false): Promise<unknown> {
  using files = failingFiles(operations);
  const catalogue = failingCatalogue(memoryCatalogue(RECORDINGS), operations);
  try {
    await scoreRange({
      ...wholeCatalogue(catalogue),
      detectors: [fakeDetector()],
      recipe: RECIPES.exact,
      gain: 1,
      channel: 0,
      stores: [new ScoreStore(new DiskStorage(out, files))],
      clock: CLOCK,
      force,
    });
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Texts of all files below a folder, temporary ones included. */
async function texts(folder: string): Promise<Record<string, string>> {
  const names = await filesBelow(folder).catch(() => []);
  const entries = names.map(async (name) => [name, await Deno.readTextFile(join(folder, name))]);
  return Object.fromEntries(await Promise.all(entries));
}

const CSV = "2021/01/20210101_09.csv";
const JSON_FILE = "2021/01/20210101_09.json";

for (const failure of ["once", "for ever", "stop"] satisfies Failure[]) {
  for (const force of [false, true]) {
    const what = force ? "scores that are replaced" : "a tiny hour";
    Deno.test(`${what}, with each operation failing (${failure}), is never half there, and a rerun gives the same bytes`, () =>
      withFolder(async (folder) => {
        const whole = join(folder, "whole");
        const counted = new Operations();
        assert.equal(await score(whole, counted), undefined);
        const expected = await texts(whole);
        assert.deepEqual(Object.keys(expected), [CSV, JSON_FILE]);
        const forced = new Operations();
        if (force) assert.equal(await score(whole, forced, true), undefined);
        const all = force ? forced.count : counted.count;
        assert.ok(all > 15, `${all} operations`);
        for (let n = 1; n <= all; n++) {
          const out = join(folder, String(n));
          if (force) await score(out, new Operations());
          const operations = new Operations(n, failure);
          const error = await score(out, operations, force);
          if (failure === "stop") assert.ok(error === undefined || operations.isStopped, `${n}`);
          const left = await texts(out);
          // What is there under its own name is whole, at every moment.
          if (left[CSV] !== undefined) assert.equal(left[CSV], expected[CSV], `operation ${n}`);
          if (left[JSON_FILE] !== undefined) assert.equal(left[JSON_FILE], expected[JSON_FILE]);
          if (left[CSV] !== undefined) assert.ok(left[JSON_FILE], `operation ${n}`);
          assert.equal(await score(out, new Operations(), force), undefined, `operation ${n}`);
          assert.deepEqual(await texts(out), expected, `operation ${n}`);
        }
      }));
  }
}

Deno.test("the process stops where it is told to, and nothing after it has an effect", async () => {
  const operations = new Operations(2, "stop");
  await operations.do("first", () => Promise.resolve());
  let ran = false;
  await assert.rejects(operations.do("second", () => Promise.resolve(ran = true)), Stopped);
  await assert.rejects(operations.do("third", () => Promise.resolve(ran = true)), Stopped);
  assert.equal(ran, false);
});
