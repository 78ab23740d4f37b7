import assert from "node:assert/strict";
import { MegapteraError } from "../../../core/errors.ts";
import { reasonWords, ScoreStore } from "../../../pipeline/scores/mod.ts";
import type { RangeOptions } from "../../../pipeline/scoring/mod.ts";
import type { Catalogue } from "../../../pipeline/timeline/mod.ts";
import { fakeDetector, FakeEngine } from "../../helpers/fake_detector.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";

const RATE_HZ = 16_000;
const HOUR = Date.UTC(2021, 0, 1, 9);
const at = (minute: number, second: number): number => HOUR + (minute * 60 + second) * 1000;

Deno.test("finished hours are passed over, and a new neighbour rescores what it touches", async () => {
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const samples = noise(3660 * 2000);
  const file = (name: string, from: number, stop: number) => ({
    name,
    startMs: HOUR + from * 1000,
    sampleRateHz: RATE_HZ,
    samples: samples.slice(from * 2000, from * 2000 + (stop - from) * RATE_HZ),
  });
  const first = file("a.wav", 3590, 3600);
  const states = async (files: typeof first[], options: Partial<RangeOptions> = {}) =>
    (await score(memoryCatalogue(files), { store, ...options })).outcomes.map(({ state }) => state);
  assert.deepEqual(await states([first]), ["scored"]);
  assert.deepEqual(await states([first]), ["done"]);
  const second = file("b.wav", 3600, 3610);
  assert.deepEqual(await states([first, second]), ["scored", "scored"]);
  assert.deepEqual(await states([first, second]), ["done", "done"]);
  assert.deepEqual(await states([first, second], { force: true }), ["scored", "scored"]);
  await Deno.writeTextFile(store.csvPath(HOUR), "timestamp,raw_score\n");
  assert.deepEqual(await states([first, second]), ["scored", "done"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("scores of another fingerprint are refused, and replaced by force", async () => {
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const catalogue = memoryCatalogue([
    { name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples: noise(10 * RATE_HZ) },
  ]);
  await score(catalogue, { store });
  await assert.rejects(score(catalogue, { store, gain: 2 }), (error) => {
    assert.ok(error instanceof MegapteraError && error.kind === "configuration");
    assert.match(error.message, /2021-01-01T09:00:00Z.*gain 1.*--force/);
    return true;
  });
  const { hours } = await score(catalogue, { store, gain: 2, force: true });
  assert.equal(hours.get(HOUR)!.manifest.gain, 2);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an abort leaves nothing of the hour in hand, and a rerun gives the same bytes", async () => {
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const catalogue = memoryCatalogue([
    { name: "a.wav", startMs: at(59, 0), sampleRateHz: RATE_HZ, samples: noise(120 * RATE_HZ) },
  ]);
  const whole = await score(catalogue);
  const abort = new AbortController();
  const engine = new FakeEngine();
  engine.onRun = () => {
    if (engine.windows > 70) abort.abort();
  };
  const options = { store, detectors: [fakeDetector(engine)], signal: abort.signal };
  await assert.rejects(score(catalogue, options), { name: "AbortError" });
  assert.ok(await store.readCsv(HOUR));
  assert.equal(await store.readCsv(HOUR + 3_600_000), undefined);
  const again = await score(catalogue, { store });
  assert.deepEqual(again.outcomes.map(({ state }) => state), ["done", "scored"]);
  assert.deepEqual(
    again.hours.get(HOUR + 3_600_000)!.scores,
    whole.hours.get(HOUR + 3_600_000)!.scores,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a failing engine ends the range and writes nothing", async () => {
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const engine = new FakeEngine();
  engine.onRun = () => {
    throw new MegapteraError("configuration", "Cannot run the network: no.");
  };
  const catalogue = memoryCatalogue([
    { name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples: noise(60 * RATE_HZ) },
  ]);
  await assert.rejects(
    score(catalogue, { store, detectors: [fakeDetector(engine)] }),
    /network: no/,
  );
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what is only said of a recording makes no hour be scored again; one that is lost does", async () => {
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const recorded = memoryCatalogue([
    { name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples: noise(10 * RATE_HZ) },
  ]);
  const state = async (catalogue: Catalogue): Promise<string> =>
    (await score(catalogue, { store })).outcomes[0].state;
  assert.equal(await state(recorded), "scored");
  assert.equal(await state({ ...recorded, warnings: [["Its level is odd."]] }), "done");
  const lost = (kind: "missing" | "unreadable"): Catalogue => ({
    ...recorded,
    absent: [{ uri: "memory:///b%20c.wav", startMs: at(30, 0), kind, reason: "It is gone." }],
  });
  assert.equal(await state(lost("missing")), "scored");
  assert.equal(await state(lost("missing")), "done");
  assert.equal(await state(lost("unreadable")), "scored");

  // Format 1 said it in a sentence, and the note of what is done is of an earlier release, too.
  const path = `${folder}/2021/01/20210101_09.json`;
  const manifest = JSON.parse(await Deno.readTextFile(path));
  const sentences = {
    window: "window not whole",
    "no-recording": "no recording",
    unreadable: "unreadable recording b c.wav",
  };
  for (const span of manifest.noEffort) {
    span.reason = sentences[span.reason.kind as keyof typeof sentences];
  }
  const old = JSON.stringify({ ...manifest, format: "megaptera-scores/1", later: "unknown" });
  await Deno.writeTextFile(path, old);
  assert.equal(await state(lost("unreadable")), "done");
  assert.deepEqual(
    (await store.readManifest(HOUR))!.noEffort.map(({ reason }) => reasonWords(reason)),
    ["window not whole", "no recording", "unreadable recording b c.wav"],
  );
  assert.equal(await Deno.readTextFile(path), old);
  await Deno.remove(folder, { recursive: true });
});
