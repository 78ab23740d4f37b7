import assert from "node:assert/strict";
import { MegapteraError } from "../../../../pipeline/errors.ts";
import { openFlac } from "../../../../pipeline/recording/flac/open_flac.ts";
import { MemorySource } from "../memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { cut } from "./renumber.ts";

Deno.test("a changed byte is a fault that names file and second, never wrong samples", async () => {
  const good = await fixtureBytes("stereo-24");
  const { blocks } = await cut(good);
  const audio = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const plain = await openFlac(new MemorySource(good));
  const expected = await plain.read(0, plain.frames, 0);
  let faults = 0;
  for (let at = good.length - audio; at < good.length; at += 5) {
    const bytes = good.slice();
    bytes[at] ^= 1 << at % 8;
    try {
      const recording = await openFlac(new MemorySource(bytes, "file:///data/a.flac"));
      const samples = await recording.read(0, recording.frames, 0);
      // Damage of the last block is found on opening, and that block is dropped with a warning.
      assert(recording.warnings.length > 0);
      assert.deepEqual(samples, expected.slice(0, recording.frames));
    } catch (error) {
      assert(error instanceof MegapteraError, String(error));
      assert.match(error.message, /^Cannot read a.flac as .*(about second 0|header ends).*\.$/);
      faults++;
    }
  }
  assert(faults > audio / 5 / 2);
});

Deno.test("what lies before damage and after it can be read", async () => {
  const good = await fixtureBytes("mono-16");
  const { blocks } = await cut(good);
  const at = good.length - blocks.slice(2).reduce((sum, { bytes }) => sum + bytes.length, 0);
  const bytes = good.slice();
  bytes[at + 40] ^= 1;
  const recording = await openFlac(new MemorySource(bytes));
  const expected = await (await openFlac(new MemorySource(good))).read(0, 4000, 0);
  const damaged = /audio is damaged about second 0: no whole FLAC block is found at byte \d+/;
  assert.deepEqual(await recording.read(0, 1000, 0), expected.slice(0, 1000));
  await assert.rejects(recording.read(1100, 100, 0), damaged);
  await assert.rejects(recording.read(0, 4000, 0), damaged);
  // The seek table leads past the damage.
  assert.deepEqual(await recording.read(3500, 500, 0), expected.slice(3500));
  assert.deepEqual(await recording.read(0, 1152, 0), expected.slice(0, 1152));
});

Deno.test("a source that gives less than was asked for is a fault, not a hang", async () => {
  class Short extends MemorySource {
    isShort = false;
    override read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
      return super.read(offset, this.isShort ? 0 : length);
    }
  }
  const source = new Short(await fixtureBytes("mono-16"));
  const recording = await openFlac(source);
  source.isShort = true;
  await assert.rejects(recording.read(0, 10, 0), /damaged about second 0/);
});
