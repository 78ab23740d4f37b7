import assert from "node:assert/strict";
import { RECIPES } from "../../../pipeline/detector/mod.ts";
import { fakeWaveformDetector } from "../../helpers/fake_waveform_detector.ts";
import { memoryCatalogue, noise } from "../../helpers/memory_catalogue.ts";
import { score } from "../../helpers/score_catalogue.ts";

const HOUR = Date.UTC(2021, 0, 1, 9);
const at = (minute: number, second: number): number => HOUR + (minute * 60 + second) * 1000;

const meanSquare = (window: Float32Array): readonly number[] => [
  window.reduce((sum, value) => sum + value * value, 0) / window.length,
];

/** The scores of one file in memory, by bin; those without effort are left out. */
async function scoresOf(
  detector: ReturnType<typeof fakeWaveformDetector>,
  file: { startMs: number; sampleRateHz: number; samples: Float32Array },
): Promise<Map<number, number>> {
  const { hours } = await score(memoryCatalogue([{ name: "a.wav", ...file }]), {
    detectors: [detector],
  });
  const found = [...hours].flatMap(([hourMs, { scores }]) =>
    Array.from(scores, (score, bin) => [(hourMs - HOUR) / 1000 + bin, score] as const)
  );
  return new Map(found.filter(([, score]) => !Number.isNaN(score)));
}

Deno.test("a waveform's windows start at the second itself, at rates that seconds divide and others", async () => {
  for (const sampleRateHz of [16_000, 22_050, 48_000]) {
    // Nothing but one loud sample in second 3 after the hour's first half.
    const samples = noise(8 * sampleRateHz);
    samples[3.25 * sampleRateHz | 0] = 1;
    const windowSamples = sampleRateHz;
    const detector = fakeWaveformDetector({
      sampleRateHz,
      windowSamples,
      score: (window) => [window.indexOf(1) < 0 ? 0 : window.indexOf(1) / windowSamples],
    });
    for (const lateMs of [0, 250, 999]) {
      const startMs = at(30, 0) + lateMs;
      const scores = await scoresOf(detector, { startMs, sampleRateHz, samples });
      const secondsIn = (3.25 * sampleRateHz | 0) / sampleRateHz + lateMs / 1000;
      const bin = 1800 + Math.floor(secondsIn);
      const where = scores.get(bin) ?? NaN;
      assert.ok(Math.abs(where - secondsIn % 1) < 1 / sampleRateHz, `${sampleRateHz} ${lateMs}`);
      const first = lateMs === 0 ? 1800 : 1801;
      assert.deepEqual(
        [...scores.keys()],
        Array.from({ length: lateMs === 0 ? 8 : 7 }, (_, i) => first + i),
      );
    }
  }
});

Deno.test("recordings are resampled to the rate that a detector takes", async () => {
  const tone = (rateHz: number): Float32Array =>
    Float32Array.from(
      { length: 6 * rateHz },
      (_, i) => 0.5 * Math.sin(2 * Math.PI * 1000 * i / rateHz),
    );
  for (
    const [from, to] of [[48_000, 22_050], [44_100, 32_000], [96_000, 48_000], [192_000, 4_000]]
  ) {
    const detector = fakeWaveformDetector({
      sampleRateHz: to,
      windowSamples: to,
      score: meanSquare,
    });
    const file = { startMs: at(0, 0), sampleRateHz: from, samples: tone(from) };
    const scores = await scoresOf(detector, file);
    // Filters hear silence where the recording begins and ends.
    for (const bin of [1, 2, 3, 4]) {
      const found = scores.get(bin) ?? NaN;
      assert.ok(Math.abs(found - 0.125) < 1e-5, `${from} Hz to ${to} Hz gives ${found}`);
    }
  }
});

Deno.test("dead audio has no effort where it touches a waveform's first 100 ms or fills a tenth", async () => {
  const sampleRateHz = 16_000;
  const samples = noise(30 * sampleRateHz);
  const kill = (from: number, to: number) =>
    samples.fill(0.25, from * sampleRateHz, to * sampleRateHz);
  kill(5.05, 5.2); // touches the first 100 ms of second 5 only
  kill(10.5, 10.65); // within windows that start at 9 and 10: less than a tenth of 2 s
  kill(20.5, 20.75); // more than a tenth
  const detector = fakeWaveformDetector({
    sampleRateHz,
    windowSamples: 2 * sampleRateHz,
    score: meanSquare,
  });
  const scores = await scoresOf(detector, { startMs: at(0, 0), sampleRateHz, samples });
  const none = Array.from({ length: 29 }, (_, bin) => bin).filter((bin) => !scores.has(bin));
  assert.deepEqual(none, [5, 19, 20]);
});

Deno.test("files cut from one recording give a waveform's scores to the bit, at an odd rate too", async () => {
  const rate = 22_050;
  const samples = noise(40 * 44_100);
  const detector = fakeWaveformDetector({
    sampleRateHz: rate,
    windowSamples: 3 * rate,
    score: meanSquare,
  });
  const file = (from: number, to: number) => ({
    name: `${from}.wav`,
    startMs: at(59, 40) + from / 44.1,
    sampleRateHz: 44_100,
    samples: samples.slice(from, to),
  });
  const cuts = [0, 13, 17.01, 40].map((seconds) => Math.round(seconds * 44_100));
  const whole = await score(memoryCatalogue([file(0, samples.length)]), { detectors: [detector] });
  const parts = await score(
    memoryCatalogue(cuts.slice(1).map((stop, i) => file(cuts[i], stop))),
    { detectors: [detector] },
  );
  for (const [hourMs, { scores }] of whole.hours) {
    assert.deepEqual(parts.hours.get(hourMs)!.scores, scores);
  }
  const alone = await score(memoryCatalogue([file(0, samples.length)]), {
    detectors: [detector],
    hoursOfDay: { from: 10, to: 11 },
  });
  assert.deepEqual(
    alone.hours.get(HOUR + 3_600_000)!.scores,
    whole.hours.get(HOUR + 3_600_000)!.scores,
  );
});

Deno.test("a recipe of the humpback detector's own is refused for another", async () => {
  const detector = fakeWaveformDetector({
    sampleRateHz: 16_000,
    windowSamples: 9,
    score: () => [0],
  });
  const file = { name: "a.wav", startMs: HOUR, sampleRateHz: 16_000, samples: noise(16_000) };
  await assert.rejects(
    score(memoryCatalogue([file]), { detectors: [detector], recipe: RECIPES.google }),
    {
      kind: "usage",
    },
  );
});
