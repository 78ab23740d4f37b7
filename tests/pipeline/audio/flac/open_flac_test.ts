import assert from "node:assert/strict";
import fc from "fast-check";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fixtureBytes, fixtures } from "./fixtures.ts";
import { samplesOf, signal } from "./signal.ts";

for (const fixture of fixtures) {
  Deno.test(`${fixture.name}.flac is read as it was written, any span in any order`, async () => {
    const source = new MemorySource(await fixtureBytes(fixture.name));
    const recording = await openFlac(source);
    const { channels, sampleRateHz, frames, bits } = fixture;
    assert.equal(recording.channels, channels);
    assert.equal(recording.sampleRateHz, sampleRateHz);
    assert.equal(recording.frames, frames);
    assert.deepEqual(recording.warnings, []);
    const expected = signal(fixture).map((values) => samplesOf(values, bits));
    for (let c = 0; c < channels; c++) {
      assert.deepEqual(await recording.read(0, frames, c), expected[c]);
    }
    const span = fc.record({
      start: fc.nat(frames),
      length: fc.nat(frames),
      channel: fc.nat(channels - 1),
    });
    await fc.assert(
      fc.asyncProperty(span, async ({ start, length, channel }) => {
        const count = Math.min(length, frames - start);
        const samples = await recording.read(start, count, channel);
        assert.deepEqual(samples, expected[channel].slice(start, start + count));
      }),
      { numRuns: 50 },
    );
    recording.close();
    assert(source.isClosed);
  });
}

Deno.test("pieces asked for at the same time make up the whole", async () => {
  const recording = await openFlac(new MemorySource(await fixtureBytes("stereo-24")));
  const whole = await recording.read(0, 2000, 1);
  const starts = [1500, 0, 1000, 500];
  const parts = await Promise.all(starts.map((start) => recording.read(start, 500, 1)));
  for (const [i, start] of starts.entries()) {
    assert.deepEqual(parts[i], whole.slice(start, start + 500));
  }
  assert.equal((await recording.read(2000, 0, 0)).length, 0);
  recording.close();
});

Deno.test("a span or channel outside the recording is a RangeError with the values", async () => {
  const recording = await openFlac(new MemorySource(await fixtureBytes("mono-16")));
  await assert.rejects(recording.read(3999, 2, 0), /RangeError.*\[3999, 4001\).*has 4000/);
  await assert.rejects(recording.read(-1, 1, 0), RangeError);
  await assert.rejects(recording.read(0, 0.5, 0), RangeError);
  await assert.rejects(recording.read(0, 1, 1), /RangeError.*channel 1/);
});
