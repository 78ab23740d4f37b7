import assert from "node:assert/strict";
import { RECIPES } from "../../../pipeline/detector/mod.ts";
import { reasonWords, ScoreStore } from "../../../pipeline/scores/mod.ts";
import { fakeDetector, FakeEngine } from "../../helpers/fake_detector.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";

const RATE_HZ = 16_000;
const HOUR = Date.UTC(2021, 0, 1, 9);
const at = (minute: number, second: number): number => HOUR + (minute * 60 + second) * 1000;

/** Bins that have a score, as `first-last` spans. */
function effort(scores: Float64Array): string {
  const spans: string[] = [];
  for (let bin = 0; bin < scores.length; bin++) {
    if (Number.isNaN(scores[bin])) continue;
    const first = bin;
    while (bin + 1 < scores.length && !Number.isNaN(scores[bin + 1])) bin++;
    spans.push(`${first}-${bin}`);
  }
  return spans.join(" ");
}

Deno.test("bins stand on the clock's grid, and only whole windows count", async () => {
  const samples = noise(60 * RATE_HZ);
  const startMs = at(30, 0) + 250;
  const { hours } = await score(
    memoryCatalogue([{ name: "a.wav", startMs, sampleRateHz: RATE_HZ, samples }]),
  );
  const { scores, manifest } = hours.get(HOUR)!;
  // from 09:30:00.250 to 09:31:00.250; the last window starts 3.9124 s before the end
  assert.equal(effort(scores), "1801-1856");
  assert.equal(manifest.effortSeconds, 56);
  assert.deepEqual(
    manifest.noEffort.map(({ start, reason }) => `${start.slice(11, 19)} ${reasonWords(reason)}`),
    [
      "09:00:00 no recording",
      "09:30:00 window not whole",
      "09:30:57 window not whole",
      "09:31:01 no recording",
    ],
  );
});

Deno.test("windows at an hour's end read on into the next hour", async () => {
  const samples = noise(60 * RATE_HZ);
  const { hours } = await score(
    memoryCatalogue([{ name: "a.wav", startMs: at(59, 30), sampleRateHz: RATE_HZ, samples }]),
  );
  assert.equal(effort(hours.get(HOUR)!.scores), "3570-3599");
  assert.equal(effort(hours.get(HOUR + 3_600_000)!.scores), "0-26");
});

Deno.test("files cut from one recording give the recording's scores, to the bit", async () => {
  const samples = noise(90 * RATE_HZ);
  const whole = memoryCatalogue([
    { name: "a.wav", startMs: at(59, 0), sampleRateHz: RATE_HZ, samples },
  ]);
  const cuts = [0, 20 * RATE_HZ, 60 * RATE_HZ, 61.5 * RATE_HZ, 90 * RATE_HZ];
  const parts = memoryCatalogue(
    cuts.slice(1).map((stop, i) => ({
      name: `${i}.wav`,
      startMs: at(59, 0) + cuts[i] / 16,
      sampleRateHz: RATE_HZ,
      samples: samples.slice(cuts[i], stop),
    })),
  );
  const [a, b] = [await score(whole), await score(parts)];
  for (const hourMs of [HOUR, HOUR + 3_600_000]) {
    assert.deepEqual(b.hours.get(hourMs)!.scores, a.hours.get(hourMs)!.scores);
  }
  assert.equal(b.hours.get(HOUR)!.manifest.files.length, 4);
});

Deno.test("an hour scored alone equals the hour scored in a range", async () => {
  const catalogue = memoryCatalogue([
    { name: "a.wav", startMs: at(59, 0), sampleRateHz: RATE_HZ, samples: noise(90 * RATE_HZ) },
  ]);
  const range = await score(catalogue);
  const alone = await score(catalogue, { hoursOfDay: { from: 10, to: 11 } });
  const next = HOUR + 3_600_000;
  assert.deepEqual([...alone.hours.keys()], [next]);
  assert.deepEqual(alone.hours.get(next)!.scores, range.hours.get(next)!.scores);
});

Deno.test("a gap has no effort and no window reaches across it", async () => {
  const part = (name: string, startMs: number, seconds: number) => ({
    name,
    startMs,
    sampleRateHz: RATE_HZ,
    samples: noise(seconds * RATE_HZ, startMs % 1000 + seconds),
  });
  const { hours } = await score(
    memoryCatalogue([part("a.wav", at(0, 0), 20), part("b.wav", at(0, 40), 20)]),
  );
  // bin 40's window starts at the frame nearest to it, 10 ms before b.wav does
  assert.equal(effort(hours.get(HOUR)!.scores), "0-16 41-56");
});

Deno.test("an hour between recordings has a manifest with its reason and no scores", async () => {
  const file = (name: string, startMs: number) => ({
    name,
    startMs,
    sampleRateHz: RATE_HZ,
    samples: noise(10 * RATE_HZ),
  });
  const folder = await Deno.makeTempDir();
  const store = new ScoreStore(folder);
  const catalogue = memoryCatalogue([file("a.wav", HOUR), file("b.wav", HOUR + 2 * 3_600_000)]);
  const { outcomes } = await score(catalogue, { store });
  assert.deepEqual(outcomes.map(({ state }) => state), ["scored", "no audio", "scored"]);
  const manifest = await store.readManifest(HOUR + 3_600_000);
  assert.equal(manifest!.csv, null);
  assert.deepEqual(manifest!.noEffort.map(({ reason }) => reason), [{ kind: "no-recording" }]);
  assert.equal(await store.readCsv(HOUR + 3_600_000), undefined);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a recording that can't be read is a gap with its reason, up to the next recording", async () => {
  const file = (name: string, startMs: number) => ({
    name,
    startMs,
    sampleRateHz: RATE_HZ,
    samples: noise(30 * RATE_HZ),
  });
  const lost = {
    uri: "memory:///bad.wav",
    startMs: at(10, 0),
    reason: "Cannot read bad.wav as no.",
  };
  const catalogue = memoryCatalogue([file("a.wav", at(0, 0)), file("b.wav", at(20, 0))]);
  const { hours } = await score({ ...catalogue, absent: [{ ...lost, kind: "unreadable" }] });
  const { noEffort, notes } = hours.get(HOUR)!.manifest;
  assert.deepEqual(
    noEffort.map(({ start, reason }) => `${start.slice(14, 19)} ${reasonWords(reason)}`),
    [
      "00:27 window not whole",
      "00:30 no recording",
      "10:00 unreadable recording bad.wav",
      "20:27 window not whole",
      "20:30 no recording",
    ],
  );
  assert.deepEqual(notes, ["Cannot read bad.wav as no."]);
});

Deno.test("dead audio has no effort where it touches a window's start or fills a tenth", async () => {
  const samples = noise(60 * RATE_HZ);
  samples.fill(0, 20 * RATE_HZ, 20.2 * RATE_HZ); // 0.2 s: only windows that start in it are dead
  samples.fill(0.001, 40 * RATE_HZ, 41 * RATE_HZ); // 1 s: more than a tenth of every window with it
  const { hours } = await score(
    memoryCatalogue([{ name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples }]),
  );
  const { scores, manifest } = hours.get(HOUR)!;
  // bin 36's window ends at 39.9124 s; bin 37's holds 0.9 s of the dead second
  assert.equal(effort(scores), "0-19 21-36 41-56");
  assert.equal(manifest.noEffort.filter(({ reason }) => reason.kind === "dead").length, 2);
});

Deno.test("an hour of dead audio never runs the network", async () => {
  const engine = new FakeEngine();
  const samples = new Float32Array(30 * RATE_HZ);
  const { hours } = await score(
    memoryCatalogue([{ name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples }]),
    { detectors: [fakeDetector(engine)] },
  );
  assert.equal(engine.windows, 0);
  assert.equal(hours.get(HOUR)!.manifest.effortSeconds, 0);
});

Deno.test("a nominal recipe keeps a score a second of the recording's own hour", async () => {
  const { hours } = await score(
    memoryCatalogue([
      { name: "a.wav", startMs: at(0, 10), sampleRateHz: RATE_HZ, samples: noise(30 * RATE_HZ) },
    ]),
    { recipe: RECIPES.google },
  );
  const { scores, manifest } = hours.get(HOUR)!;
  assert.equal(effort(scores), "10-36"); // 27 windows of 33 frames in 30 s
  assert.equal(manifest.clock, "nominal");
});

Deno.test("each sample of a recording is read once an hour", async () => {
  const catalogue = memoryCatalogue([
    { name: "a.wav", startMs: HOUR, sampleRateHz: RATE_HZ, samples: noise(200 * RATE_HZ) },
  ]);
  await score(catalogue);
  assert.equal(catalogue.reads[0], 200 * RATE_HZ);
});
