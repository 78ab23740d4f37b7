import assert from "node:assert/strict";
import { openWav } from "../../../../pipeline/recording/wav/open_wav.ts";
import { MemorySource } from "../memory_source.ts";
import { fmt, riff } from "../wav_bytes.ts";

async function warningsOf(samples: Float32Array | Float64Array): Promise<readonly string[]> {
  const format = fmt({ tag: 3, bits: 8 * samples.BYTES_PER_ELEMENT });
  const body = new Uint8Array(samples.buffer as ArrayBuffer);
  const recording = await openWav(new MemorySource(riff([format, { name: "data", body }])));
  return recording.warnings;
}

Deno.test("float samples in counts of 16 bits are warned of, with what to do", async () => {
  for (const Samples of [Float32Array, Float64Array]) {
    const [warning, ...others] = await warningsOf(Samples.of(1, -812, 300, NaN));
    assert.match(warning, /reach 812 at its start, and full scale is 1: .*--gain 0\.0000305/);
    assert.deepEqual(others, []);
  }
});

Deno.test("float samples that go a little over full scale are nothing to warn of", async () => {
  assert.deepEqual(await warningsOf(Float32Array.of(0.5, -1.3, 3)), []);
  assert.deepEqual(await warningsOf(Float32Array.of(NaN, Infinity)), []);
});
