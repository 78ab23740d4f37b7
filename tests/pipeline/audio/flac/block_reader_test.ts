import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import type { LostFrames } from "../../../../pipeline/audio/recording.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { concat, cut } from "./renumber.ts";

/** Reads all of a recording's first channel, and what of it is lost. */
async function readAll(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ samples: Float32Array; lost: LostFrames[]; warnings: readonly string[] }> {
  const recording = await openFlac(new MemorySource(bytes, "file:///data/a.flac"));
  const lost: LostFrames[] = [];
  const samples = await recording.read(0, recording.frames, 0, (span) => lost.push(span));
  return { samples, lost, warnings: recording.warnings };
}

Deno.test("a changed byte costs its block, never gives wrong samples, and is named", async () => {
  const good = await fixtureBytes("stereo-24");
  const { blocks } = await cut(good);
  const audio = blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const expected = (await readAll(good)).samples;
  let losses = 0;
  for (let at = good.length - audio; at < good.length; at += 5) {
    const bytes = good.slice();
    bytes[at] ^= 1 << at % 8;
    const { samples, lost, warnings } = await readAll(bytes);
    // Damage of the last block is found on opening, and that block is dropped with a warning.
    assert(lost.length === 1 || warnings.length > 0, `byte ${at}`);
    for (const { startFrame, stopFrame, kind, reason } of lost) {
      losses++;
      assert(stopFrame - startFrame === 192 && startFrame % 192 === 0 && kind === "unreadable");
      assert.match(reason, /^Cannot read a\.flac from its second 0\.0\d\d to .* is damaged .*\.$/);
      assert(samples.subarray(startFrame, stopFrame).every((value) => value === 0));
      samples.set(expected.subarray(startFrame, stopFrame), startFrame);
    }
    assert.deepEqual(samples, expected.slice(0, samples.length));
  }
  assert(losses > audio / 5 / 2);
});

Deno.test("blocks that are gone, doubled or out of order cost their own frames", async () => {
  const good = await fixtureBytes("mono-16");
  const { head, blocks } = await cut(good);
  const expected = (await readAll(good)).samples;
  const of = (...order: number[]) => concat([head, ...order.map((i) => blocks[i].bytes)]);
  const spans = (lost: readonly LostFrames[]) =>
    lost.map(({ startFrame, stopFrame }) => [startFrame / 576, stopFrame / 576]);
  for (
    const [order, gone] of [
      [[0, 1, 3, 4, 5, 6], [[2, 3]]],
      [[0, 1, 2, 2, 3, 4, 5, 6], []],
      [[0, 1, 4, 3, 5, 6], [[2, 4]]],
      [[0, 2, 4, 6], [[1, 2], [3, 4], [5, 6]]],
    ]
  ) {
    const { samples, lost } = await readAll(of(...order as number[]));
    assert.equal(samples.length, 4000);
    for (const { startFrame, stopFrame } of lost) {
      samples.set(expected.subarray(startFrame, stopFrame), startFrame);
    }
    // Of two in the wrong order the second comes too late.
    const least = order[2] === 4 && order[3] === 3 ? [[2, 4]] : gone;
    assert.deepEqual(spans(lost).slice(0, least.length), least);
    assert.deepEqual(samples, expected);
  }
});

Deno.test("the first block may be damaged too", async () => {
  const good = await fixtureBytes("mono-16");
  const expected = (await readAll(good)).samples;
  const { head, blocks } = await cut(good);
  for (const at of [0, 3, 100]) {
    const first = blocks[0].bytes.slice();
    first[at] ^= 4;
    const bytes = concat([head, first, ...blocks.slice(1).map((block) => block.bytes)]);
    const { samples, lost } = await readAll(bytes);
    assert.deepEqual(lost.map(({ startFrame, stopFrame }) => [startFrame, stopFrame]), [[0, 576]]);
    assert.deepEqual(samples.slice(576), expected.slice(576));
  }
});

Deno.test("without a way to lose frames, what lies before damage and after it can be read", async () => {
  const good = await fixtureBytes("mono-16");
  const { blocks } = await cut(good);
  const at = good.length - blocks.slice(2).reduce((sum, { bytes }) => sum + bytes.length, 0);
  const bytes = good.slice();
  bytes[at + 40] ^= 1;
  const recording = await openFlac(new MemorySource(bytes, "file:///data/a.flac"));
  const expected = (await readAll(good)).samples;
  const damaged = {
    name: "SourceFault",
    kind: "data",
    uri: "file:///data/a.flac",
    message: "Cannot read a.flac from its second 0.072 to 0.108 as a FLAC block is damaged or " +
      `missing there, at byte ${at}: copy or make it again.`,
  };
  assert.deepEqual(await recording.read(0, 1000, 0), expected.slice(0, 1000));
  await assert.rejects(recording.read(1200, 100, 0), damaged);
  await assert.rejects(recording.read(0, 4000, 0), damaged);
  assert.deepEqual(await recording.read(3500, 500, 0), expected.slice(3500));
  assert.deepEqual(await recording.read(0, 1152, 0), expected.slice(0, 1152));
});

Deno.test("blocks of another kind than the first are lost, and their kind is named", async () => {
  const [mono, stereo] = await Promise.all(["mono-16", "stereo-24"].map(fixtureBytes));
  const { head, blocks } = await cut(mono);
  const others = (await cut(stereo)).blocks;
  const parts = [...blocks.slice(0, 2), ...others.slice(0, 3), ...blocks.slice(4)];
  const { samples, lost } = await readAll(concat([head, ...parts.map(({ bytes }) => bytes)]));
  assert.equal(samples.length, 4000);
  assert.match(
    lost[0].reason,
    /blocks are of another kind there \(2 channels, 24 bits, 48000 Hz\)/,
  );
  assert.deepEqual([lost[0].startFrame, lost.at(-1)!.stopFrame], [1152, 4 * 576]);
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
  await assert.rejects(recording.read(0, 10, 0), /its source gave less than was asked for: 0 of/);
});
