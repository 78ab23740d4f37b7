import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import type { LostFrames } from "../../../../pipeline/audio/recording.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { concat, cut, joinVariable } from "./renumber.ts";

const mono = await fixtureBytes("mono-16");
const uri = "file:///data/a.flac";

function declaring(frames: number): Uint8Array<ArrayBuffer> {
  const bytes = mono.slice();
  new DataView(bytes.buffer).setUint32(22, frames);
  return bytes;
}

for (const [frames, words] of [[0, "an unknown number of"], [90000, "90000"], [7, "7"]] as const) {
  Deno.test(`a header that declares ${words} frames is not believed, and all is read`, async () => {
    const recording = await openFlac(new MemorySource(declaring(frames), uri));
    assert.equal(recording.frames, 4000);
    assert.deepEqual(recording.warnings, [
      `The header of a.flac declares ${words} frames of audio: 4000 are there, which are read.`,
    ]);
    const plain = await openFlac(new MemorySource(mono));
    assert.deepEqual(await recording.read(3000, 1000, 0), await plain.read(3000, 1000, 0));
  });
}

Deno.test("a file cut anywhere gives its whole blocks, with a warning", async () => {
  const { blocks } = await cut(mono);
  const stops = [mono.length - blocks.reduce((sum, { bytes }) => sum + bytes.length, 0)];
  for (const { bytes } of blocks) stops.push(stops.at(-1)! + bytes.length);
  const plain = await (await openFlac(new MemorySource(mono))).read(0, 4000, 0);
  for (let length = stops[1]; length < mono.length; length += 7) {
    const recording = await openFlac(new MemorySource(mono.slice(0, length), uri));
    const whole = stops.findLastIndex((stop) => stop <= length);
    // Half a header tells neither where the block before ends.
    const least = whole - (length - stops[whole] < 16 && whole > 1 ? 1 : 0);
    const { frames } = recording;
    assert(frames === blocks[whole - 1].startFrame + 576 || frames === 576 * least);
    assert.match(recording.warnings[0], /declares 4000 frames/);
    if (!stops.includes(length)) {
      assert.match(
        recording.warnings[1],
        /a.flac is cut short: its last \d+ bytes are not a whole/,
      );
    }
    assert.deepEqual(await recording.read(0, frames, 0), plain.slice(0, frames));
  }
});

for (const zeros of [1, 20, 100, 1_000_000, 20_000_000]) {
  Deno.test(`${zeros} zeros after the audio are left out with a warning, and no block with them`, async () => {
    const source = new MemorySource(concat([mono, new Uint8Array(zeros)]), uri);
    const recording = await openFlac(source);
    assert.deepEqual(recording.warnings, [
      `The audio of a.flac ends before the file does: ${zeros} bytes behind it are no FLAC block, ` +
      "and are not read.",
    ]);
    assert(source.bytesRead < 15_000_000, `${source.bytesRead} bytes were read`);
    const plain = await openFlac(new MemorySource(mono));
    assert.deepEqual(await recording.read(0, 4000, 0), await plain.read(0, 4000, 0));
  });
}

Deno.test("junk after the audio costs nothing, with a warning", async () => {
  const recording = await openFlac(new MemorySource(concat([mono, mono.slice(0, 50)]), uri));
  assert.equal(recording.frames, 4000);
  assert.match(recording.warnings[0], /: 50 bytes behind it are no FLAC block, and are not read/);
  assert.equal(recording.warnings.length, 1);
});

Deno.test("a part of a longer file is refused", async () => {
  const { blocks } = await cut(mono);
  const bytes = concat([mono.slice(0, 42), ...blocks.slice(1).map((block) => block.bytes)]);
  bytes[4] = 0x80;
  await assert.rejects(openFlac(new MemorySource(bytes)), /first block is not number 0 but 1, re-/);
});

/** A file of so many blocks of the fixture, over and over; `declared` goes into its header. */
async function ofBlocks(count: number, declared = 576 * count): Promise<Uint8Array<ArrayBuffer>> {
  const { head, blocks } = await cut(mono);
  const bytes = joinVariable(
    head,
    Array.from({ length: count }, (_, i) => blocks[1 + i % (blocks.length - 2)]),
  );
  new DataView(bytes.buffer).setUint32(22, declared);
  return bytes;
}

Deno.test("of FLAC files one behind another the first is read, and the rest is said to be left out", async () => {
  for (const [first, second] of [[300, 300], [300, 200], [300, 20], [200, 300], [20, 900]]) {
    for (const tag of [0, 100]) {
      const one = await ofBlocks(first);
      const other = await ofBlocks(second);
      const bytes = concat([one, new Uint8Array(tag), other]);
      const recording = await openFlac(new MemorySource(bytes, uri));
      const plain = await openFlac(new MemorySource(one));
      assert.equal(recording.frames, 576 * first);
      assert.match(
        recording.warnings[0],
        new RegExp(
          `ends before the file does: ${other.length} bytes from byte ${one.length + tag} on are ` +
            "another FLAC file, and are not read",
        ),
      );
      const all = await plain.read(0, plain.frames, 0);
      for (const frame of [0, 576 * first - 1000, 1000]) {
        assert.deepEqual(await recording.read(frame, 1000, 0), all.slice(frame, frame + 1000));
      }
    }
  }
});

Deno.test("where another FLAC file begins unseen, what lies behind is lost and named", async () => {
  // Neither says how long it is, so that the second one's numbers seem to be the first one's.
  const [one, other] = [await ofBlocks(20, 0), await ofBlocks(900, 0)];
  const recording = await openFlac(new MemorySource(concat([one, other]), uri));
  const lost: LostFrames[] = [];
  const samples = await recording.read(0, 100 * 576, 0, (span) => lost.push(span));
  const plain = await (await openFlac(new MemorySource(one))).read(0, 20 * 576, 0);
  assert.deepEqual(samples.slice(0, plain.length), plain);
  assert(samples.subarray(plain.length).every((value) => value === 0));
  assert.deepEqual([lost[0].startFrame, lost.at(-1)!.stopFrame], [20 * 576, 100 * 576]);
  assert.match(lost[0].reason, /from its second 0.720 to 32.400 as another FLAC file begins there/);
});
