import assert from "node:assert/strict";
import { openFlac } from "../../../../pipeline/audio/flac/open_flac.ts";
import type { LostFrames } from "../../../../pipeline/audio/recording.ts";
import { MemorySource } from "../../places/memory_source.ts";
import { fixtureBytes } from "./fixtures.ts";
import { concat, cut, joinVariable } from "./renumber.ts";

/** A long file of blocks of two sizes in no order, and its samples. */
async function longFile(): Promise<{ bytes: Uint8Array<ArrayBuffer>; samples: Float32Array }> {
  const mono = await fixtureBytes("mono-16");
  const { head, blocks } = await cut(mono);
  const once = await (await openFlac(new MemorySource(mono))).read(0, 4000, 0);
  // The last block is the one that is shorter.
  const order = Array.from({ length: 3000 }, (_, i) => (i * i * 7 + i) % blocks.length);
  const parts = order.map((i) => blocks[i]);
  const samples = new Float32Array(parts.reduce((sum, { frames }) => sum + frames, 0));
  let at = 0;
  for (const { startFrame, frames } of parts) {
    samples.set(once.subarray(startFrame, startFrame + frames), at);
    at += frames;
  }
  return { bytes: joinVariable(head, parts), samples };
}

const { bytes, samples } = await longFile();

Deno.test("blocks of varying size are read in pieces as they were written", async () => {
  const recording = await openFlac(new MemorySource(bytes));
  assert.equal(recording.frames, samples.length);
  assert.deepEqual(recording.warnings, []);
  // A prime number, and each piece begins a little before the last one's end.
  for (let start = 0; start < samples.length; start += 99_991) {
    const from = Math.max(0, start - 300);
    const stop = Math.min(samples.length, start + 99_991);
    assert.deepEqual(await recording.read(from, stop - from, 0), samples.slice(from, stop));
  }
  recording.close();
});

Deno.test("jumps give the right samples and read little", async () => {
  const source = new MemorySource(bytes);
  const recording = await openFlac(source);
  const jumps = Array.from({ length: 40 }, (_, i) => (i * 777_777_777) % (samples.length - 100));
  source.bytesRead = 0;
  for (const frame of jumps) {
    assert.deepEqual(await recording.read(frame, 100, 0), samples.slice(frame, frame + 100));
  }
  const each = source.bytesRead / jumps.length;
  assert(each < 400_000, `${each} bytes a jump of ${bytes.length}`);
  recording.close();
});

Deno.test("reading forwards reads each byte once", async () => {
  const source = new MemorySource(bytes);
  const recording = await openFlac(source);
  source.bytesRead = 0;
  for (let frame = 0; frame + 20_000 <= samples.length; frame += 20_000) {
    await recording.read(frame, 20_000, 0);
  }
  assert(source.bytesRead <= bytes.length);
  recording.close();
});

Deno.test("a seek table that is wrong is not believed", async () => {
  const length = 20;
  const table = new Uint8Array(4 + 18 * length);
  const view = new DataView(table.buffer);
  view.setUint32(0, 0x83000000 + 18 * length);
  for (let i = 0; i < length; i++) {
    view.setBigUint64(4 + 18 * i, BigInt(i * 50_000));
    view.setBigUint64(12 + 18 * i, BigInt((i * 12_345) % 100_000));
  }
  const head = bytes.slice(0, 42);
  head[4] = 0;
  const recording = await openFlac(new MemorySource(concat([head, table, bytes.slice(42)])));
  for (const frame of [1_200_000, 100_000, 900_000]) {
    assert.deepEqual(await recording.read(frame, 100, 0), samples.slice(frame, frame + 100));
  }
  recording.close();
});

Deno.test("damage far from a jump is not met", async () => {
  const damaged = bytes.slice();
  damaged.fill(0, 100_000, 300_000);
  const recording = await openFlac(new MemorySource(damaged));
  const frame = samples.length - 200_000;
  assert.deepEqual(await recording.read(frame, 100, 0), samples.slice(frame, frame + 100));
  const lost: LostFrames[] = [];
  const read = await recording.read(0, samples.length, 0, (span) => lost.push(span));
  assert.equal(new Set(lost.map(({ reason }) => reason)).size, 1);
  const [from, stop] = [lost[0].startFrame, lost.at(-1)!.stopFrame];
  assert.deepEqual(read.slice(0, from), samples.slice(0, from));
  assert.deepEqual(read.slice(stop), samples.slice(stop));
  assert(read.subarray(from, stop).every((value) => value === 0));
  // By jumps from both sides too, and within, the same frames are lost.
  for (const frame of [stop - 5, from - 5, from + 1000]) {
    const found: LostFrames[] = [];
    const some = await (await openFlac(new MemorySource(damaged)))
      .read(frame, 10, 0, (span) => found.push(span));
    const [first, last] = [Math.max(frame, from), Math.min(frame + 10, stop)];
    assert.deepEqual(found.map((span) => [span.startFrame, span.stopFrame]), [[first, last]]);
    assert.equal(found[0].reason, lost[0].reason);
    assert.deepEqual(some, read.slice(frame, frame + 10));
  }
  recording.close();
});
