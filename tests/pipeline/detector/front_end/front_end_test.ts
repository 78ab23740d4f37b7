import assert from "node:assert/strict";
import fc from "fast-check";
import {
  frameCount,
  HOP_SAMPLES,
  MEL_BANDS,
  MelSpectrogram,
  melWeights,
  Pcen,
  samplesOfFrames,
  WINDOW_FRAMES,
} from "../../../../pipeline/detector/mod.ts";
import { readJson, readNpy, readSamples } from "../../../helpers/fixtures.ts";

Deno.test("mel frames are the publisher's within a float's rounding", async () => {
  const golden = await readNpy("mel-first-256-frames.npy");
  const front = await MelSpectrogram.create();
  const mel = front.frames(await readSamples("song-10k.wav"), 256);
  front.close();
  assert.equal(mel.length, golden.length);
  golden.forEach((value, i) => assert.ok(Math.abs(mel[i] - value) <= 1e-4 * value + 1e-9));
});

Deno.test("PCEN of a window is the publisher's within a float's rounding", async () => {
  const golden = await readNpy("pcen-window-0.npy");
  const { alpha, delta, root, smoothing } = await readJson("stand-in-pcen.json");
  const pcen = new Pcen({ alpha, delta, root, smoothing });
  const front = await MelSpectrogram.create();
  const mel = front.frames(await readSamples("song-10k.wav"), WINDOW_FRAMES);
  front.close();
  const out = new Float32Array(golden.length);
  pcen.apply(mel, 0, WINDOW_FRAMES, out, 0);
  golden.forEach((value, i) =>
    assert.ok(Math.abs(out[i] - value) <= 1e-4 * Math.abs(value) + 1e-4)
  );
});

Deno.test("a frame's mel values do not depend on how the audio is cut", async () => {
  const samples = (await readSamples("song-10k.wav")).subarray(0, 60_000);
  const front = await MelSpectrogram.create();
  const whole = front.frames(samples);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 150 }),
      fc.integer({ min: 1, max: 40 }),
      (first, frames) => {
        const start = first * HOP_SAMPLES;
        const part = front.frames(samples.subarray(start, start + samplesOfFrames(frames)));
        assert.deepEqual(part, whole.slice(first * MEL_BANDS, (first + frames) * MEL_BANDS));
      },
    ),
    { seed: 1, numRuns: 50 },
  );
  front.close();
});

Deno.test("PCEN goes on where it stopped, until it is restarted", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 4, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (levels, cut) => {
        const vector = (value: number): Float32Array => new Float32Array(MEL_BANDS).fill(value);
        const parameters = {
          alpha: vector(0.98),
          delta: vector(2),
          root: vector(2),
          smoothing: 0.025,
        };
        const mel = Float32Array.from(
          { length: levels.length * MEL_BANDS },
          (_, i) => levels[Math.floor(i / MEL_BANDS)],
        );
        const run = (pcen: Pcen, from: number, frames: number, out: Float32Array): void =>
          pcen.apply(mel, from * MEL_BANDS, frames, out, from * MEL_BANDS);
        const [whole, parts] = [new Float32Array(mel.length), new Float32Array(mel.length)];
        const pcen = new Pcen(parameters);
        run(pcen, 0, levels.length, whole);
        pcen.restart();
        run(pcen, 0, cut, parts);
        run(pcen, cut, levels.length - cut, parts);
        assert.deepEqual(parts, whole);
      },
    ),
    { seed: 2 },
  );
});

Deno.test("PCEN is its written formula", () => {
  const alpha = new Float32Array(MEL_BANDS).fill(1.2); // at most 1 counts
  const delta = new Float32Array(MEL_BANDS).fill(1.5);
  const root = new Float32Array(MEL_BANDS).fill(0.5); // at least 1 counts
  const pcen = new Pcen({ alpha, delta, root, smoothing: 0.25 });
  const mel = new Float32Array(2 * MEL_BANDS).fill(4, 0, MEL_BANDS).fill(8, MEL_BANDS);
  const out = new Float32Array(mel.length);
  pcen.apply(mel, 0, 2, out, 0);
  const value = (x: number, m: number): number => (x / (1e-6 + m) + 1.5) - 1.5;
  assert.ok(Math.abs(out[0] - value(4, 4)) < 1e-6);
  assert.ok(Math.abs(out[MEL_BANDS] - value(8, 0.25 * 8 + 0.75 * 4)) < 1e-6);
});

Deno.test("mel triangles leave bin 0 out and peak at most at 1", () => {
  const bands = melWeights();
  assert.equal(bands.length, MEL_BANDS);
  for (const { firstBin, weights } of bands) {
    assert.ok(firstBin >= 1 && firstBin + weights.length <= 513);
    assert.ok(weights.length > 0 && weights.every((weight) => weight > 0 && weight <= 1));
  }
});

Deno.test("frames are counted without padding the end", () => {
  assert.deepEqual([0, 1023, 1024, 1323, 1324, 39_124, 36_000_000].map(frameCount), [
    0,
    0,
    1,
    1,
    2,
    128,
    119_997,
  ]);
});

Deno.test("frames() says how much audio it lacks", async () => {
  const front = await MelSpectrogram.create();
  assert.throws(
    () => front.frames(new Float32Array(1323), 2),
    /need 1324 samples: 1323 were given/,
  );
  front.close();
});
