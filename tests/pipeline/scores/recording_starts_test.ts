import assert from "node:assert/strict";
import { DiskStorage } from "../../../pipeline/places/mod.ts";
import {
  type DoubledRecordings,
  doubledWords,
  ScoreSet,
  ScoreStore,
  verifyScores,
} from "../../../pipeline/scores/mod.ts";
import { staleHours } from "../../../pipeline/scoring/mod.ts";
import type { Catalogue } from "../../../pipeline/timeline/mod.ts";
import { memoryCatalogue, type MemoryFile, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";
import { withFolder } from "../../helpers/temporary_folder.ts";

const RATE_HZ = 16_000;
const SECONDS = 60;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2021, 0, 1, 10, 5);

/** A recording of a minute, some hours on. */
function file(name: string, hours: number, seed = 1): MemoryFile {
  const samples = noise(SECONDS * RATE_HZ, seed);
  return { name, startMs: START_MS + hours * HOUR_MS, sampleRateHz: RATE_HZ, samples };
}

/** The same catalogue with other versions of its files. */
function withVersion(catalogue: Catalogue, version: string): Catalogue {
  return {
    ...catalogue,
    entries: catalogue.entries.map((entry) => ({ ...entry, version })),
    open: async (index) => {
      const recording = await catalogue.open(index);
      return { ...recording, source: { ...recording.source, version } };
    },
  };
}

/** Scores catalogues one after another into one folder, and says what of it is there twice. */
async function doubledOf(
  ...catalogues: readonly Catalogue[]
): Promise<DoubledRecordings | undefined> {
  let found: DoubledRecordings | undefined;
  await withFolder(async (folder) => {
    for (const catalogue of catalogues) await score(catalogue, { store: new ScoreStore(folder) });
    const set = await ScoreSet.open(folder);
    for await (const _ of set.read());
    found = set.doubled;
    let verified: DoubledRecordings | undefined;
    const onDoubled = (doubled: DoubledRecordings): void => {
      verified = doubled;
    };
    for await (const _ of verifyScores(folder, { onDoubled }));
    assert.deepEqual(verified, found);
  });
  return found;
}

Deno.test("the same version of a file under two starts is found, and said in one sentence", async () => {
  const first = memoryCatalogue([file("a.wav", 0), file("b.wav", 1, 2)]);
  const shifted = memoryCatalogue([file("a.wav", 8), file("b.wav", 9, 2)]);
  const found = await doubledOf(first, shifted);
  assert.equal(found?.count, 2);
  assert.match(
    doubledWords(found!, "scores"),
    /^[ab]\.wav lies in scores under two starts, 2021-01-01T1[01]:05:00Z and 2021-01-01T1[89]:05:00Z, as does 1 other, so that its effort and its bouts count twice: .*\.$/,
  );
});

Deno.test("a renamed file, and one that was written anew, are found where their scores are the same", async () => {
  const first = memoryCatalogue([file("a.wav", 0)]);
  const renamed = await doubledOf(first, memoryCatalogue([file("other.wav", 8)]));
  assert.equal(renamed?.count, 1);
  assert.match(doubledWords(renamed!, "x"), /^a\.wav \(and as other\.wav\) lies in x under two/);
  assert.equal(
    (await doubledOf(first, withVersion(memoryCatalogue([file("a.wav", 8)]), "2")))?.count,
    1,
  );
});

Deno.test("other audio of the same address, size or time is no recording under two starts", async () => {
  const first = memoryCatalogue([file("a.wav", 0)]);
  assert.equal(await doubledOf(first), undefined);
  // One name for each new recording in turn.
  assert.equal(
    await doubledOf(first, withVersion(memoryCatalogue([file("a.wav", 8, 2)]), "2")),
    undefined,
  );
  // Copies of one moment.
  assert.equal(await doubledOf(first, memoryCatalogue([file("b.wav", 8, 2)])), undefined);
  const many = [1, 2, 3, 4].map((hour) => file(`${hour}.wav`, hour, hour));
  assert.equal(await doubledOf(memoryCatalogue(many)), undefined);
  // A recording that is renamed and starts where it did.
  assert.equal(await doubledOf(first, memoryCatalogue([file("b.wav", 0)])), undefined);
});

Deno.test("scores that lie beside the hours to score, of the same recordings elsewhere, are found", () =>
  withFolder(async (folder) => {
    const store = new ScoreStore(new DiskStorage(folder));
    await score(memoryCatalogue([file("a.wav", 0)]), { store });
    const now = memoryCatalogue([file("a.wav", 8)]).entries;
    const hours = [START_MS - START_MS % HOUR_MS + 8 * HOUR_MS];
    const [stale, ...others] = await staleHours(store, hours, now);
    assert.deepEqual(others, []);
    assert.equal(stale.hourMs, hours[0] - 8 * HOUR_MS);
    assert.deepEqual([stale.was.start, stale.is.start], [
      "2021-01-01T10:05:00Z",
      "2021-01-01T18:05:00Z",
    ]);
    assert.deepEqual(stale.others, []);
    // Farther than any zone, of another version, or where it was, it is nobody's matter.
    const far = memoryCatalogue([file("a.wav", 200)]).entries;
    assert.deepEqual(await staleHours(store, [hours[0] + 192 * HOUR_MS], far), []);
    const other = now.map((entry) => ({ ...entry, version: "2" }));
    assert.deepEqual(await staleHours(store, hours, other), []);
    const same = memoryCatalogue([file("a.wav", 0)]).entries;
    assert.deepEqual(await staleHours(store, [hours[0] - 7 * HOUR_MS], same), []);
  }));

Deno.test("an hour that was made from recordings which start elsewhere now is refused, or forced", () =>
  withFolder(async (folder) => {
    const store = (): ScoreStore => new ScoreStore(folder);
    await score(memoryCatalogue([file("a.wav", 0), file("b.wav", 2, 2)]), { store: store() });
    const shifted = memoryCatalogue([file("a.wav", 1), file("b.wav", 3, 2)]);
    await assert.rejects(score(shifted, { store: store() }), {
      kind: "configuration",
      message:
        /^Cannot score b\.wav into .* lie there under another start: by hour 2021-01-01T12:00:00Z it started 2021-01-01T12:05:00Z, and now it starts 2021-01-01T13:05:00Z, .* --force\.$/,
    });
    const { hours } = await score(shifted, { store: store(), force: true });
    assert.equal(hours.size, 2);
  }));
