import assert from "node:assert/strict";
import type { Recording } from "../../../../pipeline/audio/recording.ts";
import { openWav } from "../../../../pipeline/audio/wav/open_wav.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { type Chunk, fmt, riff, text } from "../wav_bytes.ts";

function open(size: number, count: number, ...after: Chunk[]): Promise<Recording> {
  const body = Uint8Array.from({ length: count }, (_, i) => 200 + i % 50);
  return openWav(new MemorySource(riff([fmt(), { name: "data", body, size }, ...after])));
}

for (const size of [0, 0xffffffff, 0x7ffff000, 104]) {
  Deno.test(`of a declared size of ${size} over 100 bytes, the 100 are read with a warning`, async () => {
    const recording = await open(size, 100);
    assert.equal(recording.frames, 50);
    assert.deepEqual(recording.warnings, [
      `The header of 20210101_093000.wav declares ${size} bytes of audio: ` +
      "100 bytes are there, which are read.",
    ]);
    assert.equal((await recording.read(0, 50, 0)).length, 50);
  });
}

Deno.test("a frame that is cut off is dropped with a warning", async () => {
  const recording = await open(101, 101);
  assert.equal(recording.frames, 50);
  assert.match(
    recording.warnings[0],
    /of its last frame only 1 of 2 bytes is there, so it is dropped/,
  );
  // The padding byte of the odd chunk is there too.
  assert.equal((await open(300, 101)).frames, 51);
});

Deno.test("a size of 0 that is true is a header without audio", async () => {
  const list = { name: "LIST", body: text("INFO") };
  await assert.rejects(open(0, 0, list), /header without audio: 0 bytes follow/);
  await assert.rejects(open(0, 0, list, { name: "guan", body: [1] }), /header without audio/);
  await assert.rejects(open(0, 0), /header without audio/);
});

Deno.test("a header that promises audio and has none is a header without audio", async () => {
  await assert.rejects(open(1000, 0), {
    kind: "data",
    message: "Cannot read 20210101_093000.wav as it is a header without audio: 0 bytes follow it.",
  });
});

Deno.test("what stands behind the audio and may be audio is not read, and said", async () => {
  const stale = await open(40, 100);
  assert.equal(stale.frames, 20);
  assert.deepEqual(stale.warnings, [
    "The audio of 20210101_093000.wav ends before the file does: 60 bytes behind it are no chunk, " +
    "and are not read.",
  ]);
  const two = await open(100, 100, { name: "data", body: new Uint8Array(50) });
  assert.equal(two.frames, 50);
  assert.deepEqual(two.warnings, [
    'The audio of 20210101_093000.wav ends before the file does: its second "data" chunk is not ' +
    "read.",
  ]);
  const list = { name: "LIST", body: text("INFO") };
  for (const count of [100, 101]) {
    const plain = await open(count, count, list, { name: "guan", body: [1, 2, 3] });
    assert.deepEqual(plain.warnings.filter((warning) => /ends before the file/.test(warning)), []);
  }
});

Deno.test("of WAV files one behind another the first is read, and the other is said to be left out", async () => {
  const other = riff([fmt(), { name: "data", body: new Uint8Array(100) }]);
  for (const between of [[], [...text("LIST"), 4, 0, 0, 0, ...text("INFO")]]) {
    const one = riff([fmt(), { name: "data", body: new Uint8Array(60) }]);
    const bytes = Uint8Array.from([...one, ...between, ...other]);
    const recording = await openWav(new MemorySource(bytes));
    assert.equal(recording.frames, 30);
    assert.deepEqual(recording.warnings, [
      `The audio of 20210101_093000.wav ends before the file does: ${
        between.length + other.length
      } bytes behind it hold another file, which is not read: cut it in two.`,
    ]);
  }
});
