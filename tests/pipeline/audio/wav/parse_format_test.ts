import assert from "node:assert/strict";
import { MegapteraError } from "../../../../core/errors.ts";
import { parseFormat, type WavFormat } from "../../../../pipeline/audio/wav/wav_format.ts";
import { extensible, fmt, type Format } from "../wav_bytes.ts";

/** What a format is read as, and what is warned of. */
function parse(format: Format): WavFormat & { warnings: readonly string[] } {
  const bytes = Uint8Array.from(fmt(format).body);
  const source = { uri: "file:///a.wav", sizeBytes: 0 } as never;
  const { format: parsed, warnings } = parseFormat(source, new DataView(bytes.buffer));
  return { ...parsed, warnings };
}

function assertFault(format: Format, words: RegExp): void {
  assert.throws(() => parse(format), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data");
    assert.match(error.message, /^Cannot read a\.wav as [^\n]*\.$/);
    assert.match(error.message, words);
    return true;
  });
}

Deno.test("the extensible form is read by its sub-format and the container's bits", () => {
  const pcm = parse({ tag: 0xfffe, bits: 32, extra: extensible(1, 24) });
  assert.deepEqual(pcm, {
    encoding: "pcm",
    channels: 1,
    sampleRateHz: 16000,
    sampleBytes: 4,
    declaredBits: 32,
    validBits: 24,
    shift: 0,
    warnings: [],
  });
  for (const validBits of [0, 16, 17]) {
    assert.equal(parse({ tag: 0xfffe, extra: extensible(1, validBits) }).validBits, 16);
  }
  const float = parse({ tag: 0xfffe, bits: 32, extra: extensible(3, 32) });
  assert.equal(float.encoding, "float");
});

Deno.test("an unknown sub-format, or none, is an error", () => {
  const other = extensible(1, 16).with(-1, 1);
  assertFault({ tag: 0xfffe, extra: other }, /sub-format is unknown: 0100.*01/);
  assertFault({ tag: 0xfffe }, /sub-format is unknown: none/);
});

Deno.test("compressed audio is named by its format tag", () => {
  assertFault({ tag: 0x11, bits: 4, blockAlign: 256 }, /format tag 0x0011 \(IMA ADPCM\)/);
  assertFault({ tag: 0x55, bits: 0, blockAlign: 1 }, /format tag 0x0055 \(MP3\)/);
  assertFault({ tag: 0x1234 }, /format tag 0x1234, convert/);
  assertFault({ tag: 0xfffe, extra: extensible(2, 16) }, /0x0002 \(Microsoft ADPCM\)/);
});

Deno.test("rates that can be are read, whatever a detector needs, and others refused", () => {
  for (const sampleRateHz of [1, 2_000, 576_000, 4_000_000]) {
    assert.equal(parse({ sampleRateHz }).sampleRateHz, sampleRateHz);
  }
  assertFault({ sampleRateHz: 0 }, /sample rate is impossible: 0 Hz/);
  assertFault({ sampleRateHz: 4_000_001 }, /4000001 Hz, and recorders sample at 1 to 4000000 Hz/);
});

Deno.test("what contradicts itself and may be meant in two ways is not believed", () => {
  assertFault({ channels: 2, blockAlign: 2 }, /2 channels of 16 bits take 4 bytes.*says 2/);
  assertFault({ channels: 1, blockAlign: 4 }, /1 channels of 16 bits take 2 bytes.*says 4/);
  assertFault({ channels: 2, bits: 24, blockAlign: 12 }, /take 6 bytes.*says 12/);
  assertFault({ channels: 0 }, /0 channels/);
  // It would be right at ten times the rate, as of recordings that were slowed down.
  assertFault({ byteRate: 320_000 }, /byte rate of 320000, which is that of 160000 Hz: correct/);
  assertFault({ sampleRateHz: 44_100, byteRate: 96_000 }, /which is that of 48000 Hz/);
});

Deno.test("a byte rate that is a slip is passed over with a warning, as other programs do", () => {
  const slips: [Format, number][] = [
    [{}, 0],
    [{}, 31_999], // no whole number of frames
    [{}, 0xffffffff],
    [{}, 16_000], // samples for bytes
    [{}, 64_000], // of stereo, or of 32 bits
    [{}, 256_000], // bits for bytes
    [{ channels: 4 }, 32_000], // of one channel
    [{ channels: 2, bits: 24 }, 64_000], // of 16 bits
  ];
  for (const [format, byteRate] of slips) {
    const { sampleRateHz, warnings } = parse({ ...format, byteRate });
    assert.equal(sampleRateHz, 16_000);
    assert.match(
      warnings[0],
      /^The header of a.wav contradicts itself: 16000 frames of \d+ bytes /,
    );
    assert.ok(warnings[0].endsWith(`as which it is read, yet a byte rate of ${byteRate}.`));
  }
});

Deno.test("a frame's size that its byte rate speaks against is passed over with a warning", () => {
  for (const blockAlign of [0, 2, 5]) {
    const format = { channels: 2, blockAlign, byteRate: 64_000 };
    const { sampleBytes, warnings } = parse(format);
    assert.equal(sampleBytes, 2);
    assert.deepEqual(warnings, [
      "The header of a.wav contradicts itself: 2 channels of 16 bits take 4 bytes, as which they are " +
      `read, yet it says ${blockAlign}.`,
    ]);
  }
});

Deno.test("samples that are shorter than their bytes are read by the size of a frame", () => {
  for (const [bits, blockAlign, sampleBytes] of [[24, 8, 4], [20, 6, 3], [12, 4, 2], [20, 8, 4]]) {
    const parsed = parse({ channels: 2, bits, blockAlign });
    assert.deepEqual([parsed.sampleBytes, parsed.validBits], [sampleBytes, bits]);
    assert.deepEqual(parsed.warnings, []);
  }
});

Deno.test("bits that are not read are named", () => {
  assertFault({ bits: 7, blockAlign: 1 }, /PCM samples must have 8 to 32.*says 7/);
  assertFault({ bits: 64, blockAlign: 8 }, /PCM samples must have 8 to 32.*says 64/);
  assertFault({ tag: 3, bits: 16 }, /float samples must have 32 or 64 bits.*says 16/);
});

Deno.test("a format chunk that is cut short is an error", () => {
  const chunk = new DataView(new ArrayBuffer(14));
  assert.throws(() => parseFormat({ uri: "file:///a.wav" } as never, chunk), /14 of 16 bytes/);
});
