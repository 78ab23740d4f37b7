import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { clipAudio, wavClip } from "../../../analysis/report/clips.ts";
import { MegapteraError } from "../../../core/errors.ts";
import { openWav } from "../../../pipeline/audio/mod.ts";
import type { Manifest } from "../../../pipeline/scores/mod.ts";
import { fixture, readSamples } from "../../helpers/fixtures.ts";
import { MemorySource } from "../../pipeline/places/memory_source.ts";

const HOUR_MS = Date.UTC(2021, 0, 1);

/** A manifest of an hour that begins 1 s into a fixture. */
function manifestOf(name: string, sampleRateHz: number): Manifest {
  const at = (seconds: number): string => new Date(HOUR_MS + 1000 * seconds).toISOString();
  return {
    channel: 0,
    detector: { windowSeconds: 3.9124 },
    files: [{
      uri: pathToFileURL(fixture(name)).href,
      sampleRateHz,
      sizeBytes: Deno.statSync(fixture(name)).size,
    }],
    segments: [{ file: 0, start: at(0), stop: at(3600), fileFrame: sampleRateHz }],
  } as unknown as Manifest;
}

Deno.test("a clip is the audio around its moment, sample by sample", async () => {
  const all = await readSamples("song-10k.wav");
  const manifest = manifestOf("song-10k.wav", 10_000);
  const { samples, file } = await clipAudio(manifest, HOUR_MS + 500, 1, (uri) => uri);
  assert.equal(file, "song-10k.wav");
  assert.deepEqual(samples, all.slice(10_000, 20_000));
});

Deno.test("a clip at the start of a file is as long as the file allows", async () => {
  const manifest = manifestOf("song-10k.wav", 10_000);
  const { samples } = await clipAudio(manifest, HOUR_MS, 4, (uri) => uri);
  const all = await readSamples("song-10k.wav");
  assert.deepEqual(samples, all.slice(0, 30_000));
});

Deno.test("a clip of another rate is resampled to what the detector hears", async () => {
  const manifest = manifestOf("song-16k.wav", 16_000);
  const { samples } = await clipAudio(manifest, HOUR_MS + 500, 1, (uri) => uri);
  assert.equal(samples.length, 10_000);
  const all = await readSamples("song-16k.wav");
  const level = (of: Float32Array): number =>
    Math.sqrt(of.reduce((sum, value) => sum + value * value, 0) / of.length);
  const wanted = level(all.slice(16_000, 32_000));
  assert.ok(Math.abs(level(samples) / wanted - 1) < 0.05);
});

Deno.test("a clip has the band that the detector heard, or the recording's where that is not known", async () => {
  const manifest = manifestOf("song-16k.wav", 16_000);
  const rateOf = async (detector: Partial<Manifest["detector"]>): Promise<number[]> => {
    const heard = { ...manifest, detector: { ...manifest.detector, ...detector } };
    const { samples, rateHz } = await clipAudio(heard, HOUR_MS + 500, 1, (uri) => uri);
    return [rateHz, samples.length];
  };
  assert.deepEqual(await rateOf({}), [10_000, 10_000]);
  assert.deepEqual(await rateOf({ sampleRateHz: 8000, windowSeconds: 2 }), [8000, 8000]);
  assert.deepEqual(await rateOf({ windowSeconds: 2 }), [16_000, 16_000]);
});

Deno.test("what can't be played says why", async () => {
  const manifest = manifestOf("song-10k.wav", 16_000);
  const fault = (told: RegExp) => (error: unknown): boolean =>
    error instanceof MegapteraError && told.test(error.message);
  await assert.rejects(
    clipAudio(manifest, HOUR_MS, 1, () => undefined),
    fault(/was not found: give its folder with --audio/),
  );
  await assert.rejects(clipAudio(manifest, HOUR_MS - 1, 1, (uri) => uri), fault(/no recording/));
  await assert.rejects(clipAudio(manifest, HOUR_MS, 1, (uri) => uri), fault(/another file/));
  const namesake = manifestOf("song-10k.wav", 10_000);
  namesake.files[0].sizeBytes++;
  await assert.rejects(clipAudio(namesake, HOUR_MS, 1, (uri) => uri), fault(/another file/));
});

Deno.test("a clip's WAV has the samples, louder, at 16 bits", async () => {
  const samples = Float32Array.from({ length: 5000 }, (_, i) => 0.01 * Math.sin(i / 7));
  const url = wavClip(samples, 10_000);
  const bytes = Uint8Array.fromBase64(url.slice(url.indexOf(",") + 1));
  const recording = await openWav(new MemorySource(bytes));
  assert.equal(recording.sampleRateHz, 10_000);
  const read = await recording.read(0, recording.frames, 0);
  assert.equal(read.length, 5000);
  for (let i = 0; i < 5000; i++) assert.ok(Math.abs(read[i] - 50 * samples[i]) < 2 / 32_768);
});
