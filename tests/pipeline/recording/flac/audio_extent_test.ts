import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/recording/flac/open_flac.ts";
import { MemorySource } from "../memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { concat, cut } from "./renumber.ts";

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

Deno.test("zeros after the audio are dropped with a warning, and no block with them", async () => {
  for (const zeros of [20, 100, 1_000_000]) {
    const bytes = concat([mono, new Uint8Array(zeros)]);
    const recording = await openFlac(new MemorySource(bytes, uri));
    assert.equal(recording.warnings.length, 1);
    assert.match(recording.warnings[0], /last \d+ bytes are not a whole FLAC block, so they are/);
    const plain = await openFlac(new MemorySource(mono));
    assert.deepEqual(await recording.read(3000, 1000, 0), await plain.read(3000, 1000, 0));
  }
});

Deno.test("junk after the audio costs the last block, with warnings", async () => {
  const recording = await openFlac(new MemorySource(concat([mono, mono.slice(0, 50)]), uri));
  assert.equal(recording.frames, 3456);
  assert.equal(recording.warnings.length, 2);
});

Deno.test("a part of a longer file is refused", async () => {
  const { blocks } = await cut(mono);
  const bytes = concat([mono.slice(0, 42), ...blocks.slice(1).map((block) => block.bytes)]);
  bytes[4] = 0x80;
  await assert.rejects(openFlac(new MemorySource(bytes)), /first block is not number 0 but 1, re-/);
});

Deno.test("a file whose end is nothing but zeros is refused in bounded steps", async () => {
  const source = new MemorySource(concat([mono, new Uint8Array(20_000_000)]));
  await assert.rejects(
    openFlac(source),
    /cut off or damaged: .* none is whole in its last 4194304/,
  );
  assert(source.bytesRead < 10_000_000);
});
