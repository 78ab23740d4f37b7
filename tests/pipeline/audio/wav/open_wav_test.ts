import assert from "node:assert/strict";
import fc from "fast-check";
import wavefile from "wavefile";
import type { LostFrames } from "../../../../pipeline/audio/recording.ts";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fmt, riff, text, u16 } from "../wav_bytes.ts";

/** What a written value must be read as. */
const depths: [string, number, (value: number) => number][] = [
  ["8", 8, (value) => (value - 128) / 128],
  ["16", 16, (value) => value / 2 ** 15],
  ["24", 24, (value) => value / 2 ** 23],
  ["32", 32, (value) => value / 2 ** 31],
  ["32f", 0, (value) => value],
  ["64", 0, (value) => value],
];

function valuesFor(bits: number, count: number, seed: number): number[] {
  const range = 2 ** bits;
  const lowest = bits === 8 ? 0 : -range / 2;
  return Array.from({ length: count }, (_, i) => {
    if (bits === 0) return Math.fround(Math.sin(i * 1.7 + seed));
    if (i < 2) return i === 0 ? lowest : lowest + range - 1;
    return lowest + ((i * 2654435761 + seed * 40503) % range);
  });
}

for (const [depth, bits, decoded] of depths) {
  for (const channels of [1, 2, 3, 8]) {
    Deno.test(`${channels} channels of depth ${depth} are read as another program wrote them`, async () => {
      const values = Array.from({ length: channels }, (_, c) => valuesFor(bits, 50, c));
      const writer = new wavefile.WaveFile();
      writer.fromScratch(channels, 48000, depth, channels === 1 ? values[0] : values);
      const recording = await openWav(new MemorySource(writer.toBuffer().slice()));
      assert.equal(recording.sampleRateHz, 48000);
      assert.equal(recording.channels, channels);
      assert.equal(recording.frames, 50);
      assert.deepEqual(recording.warnings, []);
      for (let c = 0; c < channels; c++) {
        const expected = Float32Array.from(values[c], decoded);
        assert.deepEqual(await recording.read(0, 50, c), expected);
        assert.deepEqual(await recording.read(7, 20, c), expected.slice(7, 27));
      }
    });
  }
}

Deno.test("float samples are read from bytes at any alignment", async () => {
  const body = [...new Uint8Array(Float32Array.of(0.5, -0.25).buffer)];
  const format = fmt({ tag: 3, bits: 32 });
  class Unaligned extends MemorySource {
    override async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = await super.read(offset, length);
      const shifted = new Uint8Array(bytes.length + 1);
      shifted.set(bytes, 1);
      return shifted.subarray(1);
    }
  }
  const recording = await openWav(new Unaligned(riff([format, { name: "data", body }])));
  assert.deepEqual(await recording.read(0, 2, 0), Float32Array.of(0.5, -0.25));
});

Deno.test("a span in any pieces is the span as a whole", async () => {
  const frames = 5_000_000;
  const body = new Uint8Array(frames * 2).map((_, i) => i * 2654435761 >>> 13);
  const recording = await openWav(new MemorySource(riff([fmt(), { name: "data", body }])));
  // More than one piece of 8 MiB.
  const whole = await recording.read(0, frames, 0);
  const middle = await recording.read(4_190_000, 10_000, 0);
  assert.deepEqual(middle, whole.slice(4_190_000, 4_200_000));
  assert.equal((await recording.read(frames, 0, 0)).length, 0);
});

Deno.test("a span or channel outside the recording is a RangeError with the values", async () => {
  const body = [1, 2, 3, 4];
  const recording = await openWav(new MemorySource(riff([fmt(), { name: "data", body }])));
  await assert.rejects(recording.read(1, 2, 0), /RangeError.*\[1, 3\).*has 2/);
  await assert.rejects(recording.read(-1, 1, 0), RangeError);
  await assert.rejects(recording.read(0, 0.5, 0), RangeError);
  await assert.rejects(recording.read(0, 1, 1), /RangeError.*channel 1/);
});

for (const value of [NaN, Infinity, -Infinity, 1e13]) {
  for (const Samples of [Float32Array, Float64Array]) {
    Deno.test(`float samples of ${value} are lost, or a fault that names the first (${Samples.name})`, async () => {
      const values = Samples.of(0, 0.5, value, NaN, -3, value, 1);
      const body = new Uint8Array(values.buffer);
      const format = fmt({ tag: 3, bits: 8 * Samples.BYTES_PER_ELEMENT });
      const recording = await openWav(new MemorySource(riff([format, { name: "data", body }])));
      assert.equal((await recording.read(0, 2, 0))[1], 0.5);
      await assert.rejects(recording.read(1, 3, 0), {
        name: "SourceFault",
        kind: "data",
        message: "Cannot read 20210101_093000.wav as frame 2 is no number that a sample " +
          `can be: ${Math.fround(value)}.`,
      });
      const lost: LostFrames[] = [];
      const samples = await recording.read(1, 6, 0, (span) => lost.push(span));
      assert.deepEqual(samples, Float32Array.of(0.5, 0, 0, -3, 0, 1));
      const [reason] = lost.map((span) => span.reason);
      assert.match(
        reason,
        /^Cannot use some samples of 20210101_093000\.wav as they are no finite/,
      );
      assert.deepEqual(lost, [
        { startFrame: 2, stopFrame: 4, kind: "not-finite", reason },
        { startFrame: 5, stopFrame: 6, kind: "not-finite", reason },
      ]);
    });
  }
}

Deno.test("a source that gives less than asked for is bad data", async () => {
  class Short extends MemorySource {
    override async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = await super.read(offset, length);
      return offset < 44 ? bytes : bytes.slice(1);
    }
  }
  const recording = await openWav(new Short(riff([fmt(), { name: "data", body: [1, 2, 3, 4] }])));
  await assert.rejects(recording.read(0, 2, 0), /gave less than was asked for: 3 of 4 bytes/);
});

Deno.test("the source closes with its recording, and at once where opening fails", async () => {
  const good = new MemorySource(riff([fmt(), { name: "data", body: [1, 2] }]));
  const recording = await openWav(good);
  assert(!good.isClosed);
  recording.close();
  assert(good.isClosed);
  const bad = new MemorySource(riff([fmt()]));
  await assert.rejects(openWav(bad));
  assert(bad.isClosed);
});

Deno.test("any change or cut of a file gives a fault or frames within it, in few reads", async () => {
  const guid = [...u16(1), 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
  const plain = riff([
    { name: "LIST", body: text("INFOabc") },
    fmt({ channels: 2, bits: 24 }),
    { name: "data", body: new Uint8Array(60).map((_, i) => i) },
    { name: "guan", body: [1, 2, 3] },
  ]);
  const extensible = riff([
    { name: "ds64", body: [...new Uint8Array(28)] },
    fmt({ tag: 0xfffe, extra: [...u16(22), ...u16(16), 0, 0, 0, 0, ...guid] }),
    { name: "data", body: new Uint8Array(20), size: 0xffffffff },
  ], "RF64");
  const change = fc.tuple(fc.nat(140), fc.constantFrom(0, 1, 2, 3, 8, 16, 127, 128, 255));
  const changes = fc.array(change, { maxLength: 4 });
  const cuts = fc.oneof(fc.constant(200), fc.nat(140));
  const files = fc.constantFrom(plain, extensible);
  await fc.assert(
    fc.asyncProperty(files, changes, cuts, async (file, changed, cut) => {
      const bytes = file.slice(0, cut);
      for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value;
      const source = new MemorySource(bytes);
      try {
        const recording = await openWav(source);
        assert(recording.frames > 0 && recording.frames <= bytes.length);
        assert(source.reads <= 20);
        const last = await recording.read(recording.frames - 1, 1, recording.channels - 1);
        assert.equal(last.length, 1);
      } catch (error) {
        assert.equal((error as Error).name, "SourceFault", String((error as Error).stack));
        assert.match((error as Error).message, /^Cannot read 20210101_093000\.wav as [^\n]*\.$/);
      }
    }),
    { numRuns: 3000 },
  );
});
