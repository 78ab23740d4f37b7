import assert from "node:assert/strict";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { type Chunk, extensible, fmt, type Format, riff } from "../wav_bytes.ts";

/** Integers of some bits with a sign, over all of their range. */
function valuesOf(bits: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (Math.imul(i + 1, 2654435761) | 1) >> (32 - bits));
}

/** The same in so many bytes each, moved up by some bits. */
function stored(values: readonly number[], bytes: number, shift: number): Chunk {
  const body = values.flatMap((value) =>
    Array.from({ length: bytes }, (_, i) =>
      Number(
        BigInt(value) << BigInt(shift) >> BigInt(8 * i) &
          255n,
      ))
  );
  return { name: "data", body };
}

async function read(
  format: Format,
  data: Chunk,
): Promise<{ samples: Float32Array; warnings: readonly string[] }> {
  const recording = await openWav(new MemorySource(riff([fmt(format), data])));
  return { samples: await recording.read(0, recording.frames, 0), warnings: recording.warnings };
}

const forms: [string, number, number, Format][] = [
  ["24 bits in 4 bytes, extensible", 24, 4, { tag: 0xfffe, bits: 32, extra: extensible(1, 24) }],
  ["24 bits in 4 bytes, by the frame's size", 24, 4, { bits: 24, blockAlign: 4 }],
  ["20 bits in 3 bytes, extensible", 20, 3, { tag: 0xfffe, bits: 24, extra: extensible(1, 20) }],
  ["20 bits in 3 bytes", 20, 3, { bits: 20, blockAlign: 3 }],
  ["12 bits in 2 bytes", 12, 2, { bits: 12, blockAlign: 2 }],
];
for (const [what, bits, bytes, format] of forms) {
  const values = valuesOf(bits, 5000);
  const expected = Float32Array.from(values, (value) => value / 2 ** (bits - 1));
  const spare = 8 * bytes - bits;

  Deno.test(`${what}: where they stand high they are read without a word`, async () => {
    const { samples, warnings } = await read(format, stored(values, bytes, spare));
    assert.deepEqual(samples, expected);
    assert.deepEqual(warnings, []);
  });

  Deno.test(`${what}: where they stand low they are moved up, with a warning`, async () => {
    const isExtended = stored(values, bytes, 0);
    const isCut = stored(values.map((value) => (value + 2 ** bits) % 2 ** bits), bytes, 0);
    for (const data of [isExtended, isCut]) {
      const { samples, warnings } = await read(format, data);
      assert.deepEqual(samples, expected);
      assert.deepEqual(warnings, [
        `The samples of 20210101_093000.wav stand low in theirs, ${bits} bits in ${
          8 * bytes
        }, so ` +
        `that they are read ${Math.round(6.0206 * spare)} dB louder than its header has them.`,
      ]);
    }
  });

  Deno.test(`${what}: silence at the start does not decide`, async () => {
    const quiet = new Array(values.length).fill(0);
    const { samples } = await read(format, stored([...quiet, ...values], bytes, 0));
    assert.deepEqual(samples.slice(quiet.length), expected);
  });
}

Deno.test("where all bits are in use the header's size of a sample is read, or none", async () => {
  const values = valuesOf(32, 5000);
  const data = stored(values, 4, 0);
  const format = { tag: 0xfffe, bits: 32, extra: extensible(1, 24) };
  const { samples, warnings } = await read(format, data);
  assert.deepEqual(samples, Float32Array.from(values, (value) => value / 2 ** 31));
  assert.deepEqual(warnings, [
    "The header of 20210101_093000.wav declares 24 bits in 32: all 32 are in use, and read.",
  ]);
  // 24 bits in 3 bytes, and a wrong size of a frame, or 32 bits?
  await assert.rejects(
    read({ bits: 24, blockAlign: 4 }, data),
    /contradicts itself: 1 channels take 4 bytes, so 24 bits in 32, yet all 32 are in use/,
  );
});
