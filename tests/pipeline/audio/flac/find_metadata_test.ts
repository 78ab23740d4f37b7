import assert from "node:assert/strict";
import { MegapteraError } from "../../../../core/errors.ts";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { text } from "../wav_bytes.ts";
import { fixtureBytes } from "./fixtures.ts";
import { concat, cut } from "./renumber.ts";

async function messageOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const source = new MemorySource(bytes, "file:///data/a.flac");
  try {
    await openFlac(source);
  } catch (error) {
    assert(error instanceof MegapteraError, String(error));
    assert.equal(error.kind, "data");
    assert(source.isClosed);
    return error.message;
  }
  throw new Error("it could be opened");
}

const mono = await fixtureBytes("mono-16");

/** STREAMINFO with some bytes changed; the rate begins at byte 18. */
function changed(changes: Record<number, number>): Uint8Array<ArrayBuffer> {
  const bytes = mono.slice();
  for (const [at, value] of Object.entries(changes)) bytes[Number(at)] = value;
  return bytes;
}

const unreadable: [string, Uint8Array<ArrayBuffer>, RegExp][] = [
  [
    "an empty file",
    new Uint8Array(0),
    /^Cannot read a.flac as it is empty: its size is 0 bytes\.$/,
  ],
  [
    "text with another name",
    Uint8Array.from(text("Hello there, this is text.")),
    /^Cannot read a.flac as it is not a FLAC file, .*it begins "Hello ther"\.$/,
  ],
  ["a few bytes", Uint8Array.from(text("fL")), /not a FLAC file, .*it begins "fL"\.$/],
  ["Ogg", Uint8Array.from([...text("OggS"), ...mono]), /is an Ogg file.*convert it/],
  ["the magic alone", mono.slice(0, 4), /header is cut off: the file ends at byte 4\.$/],
  ["half of STREAMINFO", mono.slice(0, 20), /header is cut off: the file ends at byte 20\.$/],
  ["half of a seek table", mono.slice(0, 60), /header is cut off: the file ends at byte 60\.$/],
  ["no STREAMINFO", changed({ 4: 4 }), /FLAC header is damaged: metadata 4 is at byte 4\.$/],
  ["0 Hz", changed({ 18: 0, 19: 0, 20: 0 }), /sample rate is impossible: 0 Hz/],
  ["3 bits", changed({ 21: 0x20 }), /FLAC samples have 4 to 32 bits: its header says 3\.$/],
  [
    "another rate than its blocks'",
    changed({ 19: mono[19] ^ 2 }),
    /two sample rates: \d+ Hz by its header, 16000 Hz by its first block, re-encode/,
  ],
];
for (const [what, bytes, message] of unreadable) {
  Deno.test(`${what} is refused in one sentence`, async () => {
    assert.match(await messageOf(bytes), message);
  });
}

Deno.test("a file cut anywhere before its first block is whole is refused", async () => {
  const { blocks } = await cut(mono);
  const audio = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  for (let length = 0; length < mono.length - audio + blocks[0].bytes.length; length += 5) {
    assert.match(await messageOf(mono.slice(0, length)), /^Cannot read a.flac as .*\.$/);
  }
});

Deno.test("tags before and after the audio and metadata of any size are skipped unread", async () => {
  const id3 = [...text("ID3"), 4, 0, 0, 0, 0, 1, 2, ...new Uint8Array(130)];
  const picture = new Uint8Array(4 + 2 ** 24 - 1);
  picture.set([6, 255, 255, 255]);
  const ape = new Uint8Array(64);
  ape.set([...text("APETAGEX"), 208, 7, 0, 0, 64, 0, 0, 0], 32);
  const id3v1 = new Uint8Array(128);
  id3v1.set(text("TAG"));
  const parts = [Uint8Array.from(id3), mono.slice(0, 42), picture, mono.slice(42), ape, id3v1];
  const source = new MemorySource(concat(parts));
  const recording = await openFlac(source);
  assert.deepEqual(recording.warnings, []);
  assert.equal(recording.frames, 4000);
  assert(source.bytesRead < 100_000, `${source.bytesRead} bytes were read`);
  const plain = await openFlac(new MemorySource(mono));
  assert.deepEqual(await recording.read(0, 4000, 0), await plain.read(0, 4000, 0));
});
