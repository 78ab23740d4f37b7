import assert from "node:assert/strict";
import { MegapteraError } from "../../../../pipeline/errors.ts";
import { parseFormat } from "../../../../pipeline/recording/wav/parse_format.ts";
import type { WavFormat } from "../../../../pipeline/recording/wav/parse_format.ts";
import { fmt, u16 } from "../wav_bytes.ts";
import type { Format } from "../wav_bytes.ts";

const guidTail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

function parse(format: Format): WavFormat {
  const bytes = Uint8Array.from(fmt(format).body);
  return parseFormat({ uri: "file:///a.wav", sizeBytes: 0 } as never, new DataView(bytes.buffer));
}

function assertFault(format: Format, words: RegExp): void {
  assert.throws(() => parse(format), (error) => {
    assert(error instanceof MegapteraError && error.kind === "data");
    assert.match(error.message, /^Cannot read a\.wav as [^\n]*\.$/);
    assert.match(error.message, words);
    return true;
  });
}

function extensible(tag: number, valid: number, tail: readonly number[]): readonly number[] {
  return [...u16(22), ...u16(valid), 0, 0, 0, 0, ...u16(tag), ...tail];
}

Deno.test("the extensible form is read by its sub-format and the container's bits", () => {
  const pcm = parse({ tag: 0xfffe, bits: 32, extra: extensible(1, 24, guidTail) });
  assert.deepEqual(pcm, { encoding: "pcm32", channels: 1, sampleRateHz: 16000, sampleBytes: 4 });
  const float = parse({ tag: 0xfffe, bits: 32, extra: extensible(3, 32, guidTail) });
  assert.equal(float.encoding, "float32");
});

Deno.test("an unknown sub-format, or none, is an error", () => {
  const other = guidTail.with(13, 1);
  assertFault({ tag: 0xfffe, extra: extensible(1, 16, other) }, /sub-format is unknown: 0100.*01/);
  assertFault({ tag: 0xfffe }, /sub-format is unknown: none/);
});

Deno.test("compressed audio is named by its format tag", () => {
  assertFault({ tag: 0x11, bits: 4, blockAlign: 256 }, /format tag 0x0011 \(IMA ADPCM\)/);
  assertFault({ tag: 0x55, bits: 0, blockAlign: 1 }, /format tag 0x0055 \(MP3\)/);
  assertFault({ tag: 0x1234 }, /format tag 0x1234, convert/);
  assertFault({ tag: 0xfffe, extra: extensible(2, 16, guidTail) }, /0x0002 \(Microsoft ADPCM\)/);
});

Deno.test("rates that can be are read, whatever a detector needs, and others refused", () => {
  for (const sampleRateHz of [1, 2_000, 576_000, 4_000_000]) {
    assert.equal(parse({ sampleRateHz }).sampleRateHz, sampleRateHz);
  }
  assertFault({ sampleRateHz: 0 }, /sample rate is impossible: 0 Hz/);
  assertFault({ sampleRateHz: 4_000_001 }, /4000001 Hz, and recorders sample at 1 to 4000000 Hz/);
});

Deno.test("a header that contradicts itself is not believed", () => {
  assertFault({ channels: 2, blockAlign: 2 }, /2 channels of 16 bits take 4 bytes.*says 2/);
  assertFault({ byteRate: 31999 }, /byte rate of 31999/);
  assertFault({ channels: 0 }, /0 channels/);
});

Deno.test("bits that are not read are named", () => {
  assertFault({ bits: 12, blockAlign: 2 }, /PCM samples must have 8, 16, 24 or 32.*says 12/);
  assertFault({ tag: 3, bits: 16 }, /float samples must have 32 or 64 bits.*says 16/);
});

Deno.test("a format chunk that is cut short is an error", () => {
  const chunk = new DataView(new ArrayBuffer(14));
  assert.throws(() => parseFormat({ uri: "file:///a.wav" } as never, chunk), /14 of 16 bytes/);
});
