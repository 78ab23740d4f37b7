import assert from "node:assert/strict";
import { openWav } from "../../../pipeline/audio/mod.ts";
import { openFileSource } from "../../../pipeline/places/mod.ts";
import { makeOcean, writeMadeUpWav } from "../../../simulation/ocean/mod.ts";

Deno.test("writeMadeUpWav() writes what our own reader reads back, to within half a step", async () => {
  const path = await Deno.makeTempFile({ suffix: ".wav" });
  try {
    const durationSeconds = 11.00005; // an odd number of bytes, and more than one block
    const ocean = makeOcean({ seed: 4, durationSeconds, sampleRateHz: 10_000, events: [] });
    await writeMadeUpWav(path, ocean);
    const recording = await openWav(await openFileSource(path));
    try {
      assert.equal(recording.sampleRateHz, 10_000);
      assert.equal(recording.channels, 1);
      assert.deepEqual(recording.warnings, []);
      const wanted = ocean.render(0, durationSeconds);
      assert.equal(recording.frames, wanted.length);
      const samples = await recording.read(0, recording.frames, 0);
      samples.forEach((x, i) => assert.ok(Math.abs(x - wanted[i]) <= 2 ** -24));
    } finally {
      recording.close();
    }
    const { size } = await Deno.stat(path);
    assert.equal(size % 2, 0);
  } finally {
    await Deno.remove(path);
  }
});
