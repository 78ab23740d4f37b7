import assert from "node:assert/strict";
import fc from "fast-check";
import { MegapteraError } from "../../../core/errors.ts";
import type { SampleSpan } from "../../../pipeline/audio/fir_stage.ts";
import { kaiserSinc, Resampler } from "../../../pipeline/audio/resampler.ts";
import { readSamples } from "../../helpers/fixtures.ts";

const TARGET_HZ = 10_000;

/** A span of what a signal, given for every sample number, becomes. */
function resample(
  rateHz: number,
  span: SampleSpan,
  signal: (sample: number) => number,
): Float32Array {
  const resampler = new Resampler(rateHz, TARGET_HZ);
  const { start, count } = resampler.inputSpan(span);
  const input = Float32Array.from({ length: count }, (_, i) => signal(start + i));
  return resampler.process(input, span);
}

Deno.test("16 to 10 kHz agrees with soxr's HQ as librosa runs it", async () => {
  const [samples, golden] = [await readSamples("song-16k.wav"), await readSamples("song-10k.wav")];
  const span = { start: 0, count: golden.length };
  const ours = resample(16_000, span, (sample) => samples[sample] ?? 0);
  const scale = 1 / Math.sqrt(10 / 16); // librosa keeps the energy, we keep the level
  let [difference, power] = [0, 0];
  golden.forEach((value, i) => {
    difference += (ours[i] * scale - value) ** 2;
    power += value ** 2;
  });
  const decibels = 10 * Math.log10(difference / power);
  assert.ok(decibels < -50, `the difference is ${decibels.toFixed(1)} dB`);
});

for (const rateHz of [10_240, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 250_000, 384_000]) {
  Deno.test(`${rateHz} Hz: a tone comes through, what lies above 5 kHz does not`, () => {
    const span = { start: 1000, count: 5000 };
    const tone = (hertz: number) => (sample: number) =>
      Math.sin(2 * Math.PI * hertz * sample / rateHz);
    const kept = resample(rateHz, span, tone(4321));
    kept.forEach((value, i) =>
      assert.ok(
        Math.abs(value - Math.sin(2 * Math.PI * 4321 * (span.start + i) / TARGET_HZ)) < 5e-6,
      )
    );
    const alias = Math.min(rateHz / 2, 7000) - 50;
    for (const value of resample(rateHz, span, tone(alias))) assert.ok(Math.abs(value) < 5e-6);
  });
}

Deno.test("any cutting gives the same bits as the whole", () => {
  const noise = (sample: number): number => Math.fround(Math.sin(sample * sample * 0.37));
  for (const rateHz of [16_000, 44_100, 192_000]) {
    const whole = resample(rateHz, { start: 0, count: 3000 }, noise);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2999 }),
        fc.integer({ min: 1, max: 500 }),
        (start, most) => {
          const count = Math.min(most, 3000 - start);
          const part = resample(rateHz, { start, count }, noise);
          assert.deepEqual(part, whole.slice(start, start + count));
        },
      ),
      { seed: 3, numRuns: 20 },
    );
  }
});

Deno.test("a long span, cut inside into blocks, equals its parts", () => {
  const noise = (sample: number): number => Math.fround(Math.sin(sample * 1.7));
  const whole = resample(16_000, { start: 0, count: 400_000 }, noise);
  const late = resample(16_000, { start: 399_000, count: 1000 }, noise);
  assert.deepEqual(late, whole.slice(399_000));
});

Deno.test("the fast loop equals the filter's definition", () => {
  const samples = Float64Array.from({ length: 800 }, (_, i) => Math.sin(i * i * 0.01));
  const half = 94 / TARGET_HZ;
  const response = kaiserSinc(0.9565 * TARGET_HZ / 2, half, 12.8);
  const ours = resample(16_000, { start: 0, count: 500 }, (sample) => samples[sample] ?? 0);
  ours.forEach((value, k) => {
    let sum = 0;
    for (let n = 0; n < samples.length; n++) {
      sum += samples[n] * response(n / 16_000 - k / TARGET_HZ) / 16_000;
    }
    assert.ok(Math.abs(value - sum) < 2e-6);
  });
});

Deno.test("sample k stands at exactly k / 10,000 s after 24 hours and after ten years", () => {
  for (const seconds of [86_399, 315_576_000]) {
    const start = seconds * TARGET_HZ;
    // The impulse is at the same instant: the response must peak there, symmetric.
    const impulse = seconds * 44_100 + 441;
    const around = resample(
      44_100,
      { start: start + 50, count: 101 },
      (n) => n === impulse ? 1 : 0,
    );
    const peak = around.indexOf(Math.max(...around));
    assert.equal(peak, 50);
    for (let i = 1; i <= 50; i++) assert.ok(Math.abs(around[50 - i] - around[50 + i]) < 1e-7);
  }
});

Deno.test("the output is as long as the recording", () => {
  assert.equal(new Resampler(16_000, TARGET_HZ).outputLength(480_000), 300_000);
  assert.equal(new Resampler(16_000, TARGET_HZ).outputLength(480_001), 300_001);
  assert.equal(new Resampler(44_100, TARGET_HZ).outputLength(44_100 * 86_400), 864_000_000);
});

Deno.test("10 kHz audio is passed through as it is", () => {
  assert.deepEqual(
    resample(10_000, { start: 5, count: 3 }, (sample) => sample / 8),
    Float32Array.of(5 / 8, 6 / 8, 7 / 8),
  );
});

Deno.test("rates that can't be used are refused in words", () => {
  assert.throws(() => new Resampler(8000, TARGET_HZ), (error) => {
    assert.ok(error instanceof MegapteraError && error.kind === "data");
    assert.match(error.message, /sample rate is 8000 Hz/);
    return true;
  });
  assert.throws(() => new Resampler(500_009, TARGET_HZ), /no practical ratio/);
});
