import assert from "node:assert/strict";
import fc from "fast-check";
import type { Recording } from "../../../pipeline/audio/recording.ts";
import { RunReader } from "../../../pipeline/timeline/run_reader.ts";
import type { Run } from "../../../pipeline/timeline/timeline_types.ts";
import { MemorySource } from "../places/memory_source.ts";

/** A recording whose sample of frame f in channel c is 1000 * c + first + f. */
class Ramp implements Recording {
  readonly source: MemorySource;
  readonly sampleRateHz = 16000;
  readonly warnings: readonly string[] = [];
  /** What it was told would be read. */
  readonly told: [number, number][] = [];

  constructor(readonly first: number, readonly frames: number, readonly channels = 2) {
    this.source = new MemorySource(new Uint8Array(0), `file:///${first}.wav`);
  }

  async read(startFrame: number, frameCount: number, channel: number): Promise<Float32Array> {
    await Promise.resolve();
    assert(!this.source.isClosed, "read after close");
    assert(startFrame >= 0 && startFrame + frameCount <= this.frames);
    const base = 1000 * channel + this.first + startFrame;
    return Float32Array.from({ length: frameCount }, (_, i) => base + i);
  }

  willRead(startFrame: number, stopFrame: number): void {
    this.told.push([startFrame, stopFrame]);
  }

  close(): void {
    this.source.close();
  }
}

const ENTRIES = [{ uri: "memory:0.wav", version: "1" }];

/** A run of files of the given lengths; of each file 3 leading frames were skipped. */
function make(
  lengths: readonly number[],
  channel = 0,
  channels = 2,
): { run: Run; opened: Ramp[]; reader: RunReader } {
  const segments = lengths.map((frames, entryIndex) => ({
    entryIndex,
    entryFrame: 3,
    runFrame: lengths.slice(0, entryIndex).reduce((sum, length) => sum + length, 0),
    frames,
  }));
  const frames = lengths.reduce((sum, length) => sum + length, 0);
  const run: Run = { startMs: 0, sampleRateHz: 16000, frames, segments };
  const opened: Ramp[] = [];
  const entries = lengths.map((_, index) => ({ uri: `memory:${index}.wav`, version: "1" }));
  const open = (index: number): Promise<Recording> => {
    const ramp = new Ramp(segments[index].runFrame - 3, lengths[index] + 3, channels);
    opened.push(ramp);
    const isOpen = opened.filter(({ source }) => !source.isClosed);
    assert(isOpen.length <= 2, "more than two recordings are open");
    return Promise.resolve(ramp);
  };
  return { run, opened, reader: new RunReader(run, { channel, entries, open }) };
}

Deno.test("any spans of a run are read right, one after another or at once", async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
  const spans = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(lengths, spans, fc.boolean(), async (lengths, spans, atOnce) => {
      const { run, opened, reader } = make(lengths);
      const read = async ([a, b]: [number, number]): Promise<void> => {
        const start = a % (run.frames + 1);
        const count = b % (run.frames - start + 1);
        const expected = Float32Array.from({ length: count }, (_, i) => start + i);
        assert.deepEqual(await reader.read(start, count), expected);
      };
      if (atOnce) await Promise.all(spans.map(read));
      else for (const span of spans) await read(span);
      await reader.close();
      assert(opened.every(({ source }) => source.isClosed));
    }),
  );
});

Deno.test("reading on through a run opens each file once", async () => {
  const { run, opened, reader } = make([10, 20, 30, 5]);
  for (let at = 0; at < run.frames; at += 5) {
    // Each read goes a little back, as a filter's lead-in does.
    await reader.read(Math.max(0, at - 4), Math.min(9, run.frames - at));
  }
  assert.equal(opened.length, 4);
  await reader.close();
});

Deno.test("the channel asked for is read", async () => {
  const { reader } = make([10], 1);
  assert.deepEqual(await reader.read(4, 2), Float32Array.of(1004, 1005));
  await reader.close();
});

Deno.test("a channel that a file lacks is wrong usage that names the file", async () => {
  const { opened, reader } = make([10, 10], 2);
  await assert.rejects(reader.read(12, 2), {
    kind: "usage",
    message: "Cannot read channel 2 of 7.wav as it has channels 0 to 1: choose another --channel.",
  });
  assert(opened[0].source.isClosed);
  const mono = make([10], 1, 1).reader;
  await assert.rejects(mono.read(0, 1), /as it has only channel 0: choose/);
});

Deno.test("a file that is no longer what the timeline was made of is bad data", async () => {
  const { run } = make([10]);
  const open = (): Promise<Recording> => Promise.resolve(new Ramp(0, 12));
  const reader = new RunReader(run, { channel: 0, entries: ENTRIES, open });
  await assert.rejects(reader.read(0, 1), {
    kind: "data",
    message: "Cannot read 0.wav as it changed since it was first opened: " +
      "12 frames at 16000 Hz, no longer 13 at 16000 Hz.",
  });
});

Deno.test("a file that cannot be opened fails its read only", async () => {
  const { run } = make([10]);
  let isBroken = true;
  const open = (): Promise<Recording> =>
    isBroken ? Promise.reject(new Error("no")) : Promise.resolve(new Ramp(-3, 13));
  const reader = new RunReader(run, { channel: 0, entries: ENTRIES, open });
  await assert.rejects(reader.read(0, 1), /no/);
  isBroken = false;
  assert.deepEqual(await reader.read(0, 1), Float32Array.of(0));
  await reader.close();
});

Deno.test("a span outside the run is a RangeError with the values", () => {
  const { reader } = make([10]);
  assert.throws(() => reader.read(5, 6), /RangeError.*\[5, 11\).*has 10/);
  assert.throws(() => reader.read(-1, 1), RangeError);
  assert.throws(() => reader.read(0, 0.5), RangeError);
});

const SECOND = 16000;

Deno.test("files hear which of their frames will be read, and the next is open when it is reached", async () => {
  const { opened, reader } = make([300 * SECOND, 200 * SECOND, 200 * SECOND]);
  reader.willRead(100 * SECOND, 450 * SECOND);
  const openedAt: number[] = [];
  for (let second = 100; second < 450; second += 10) {
    const samples = await reader.read(second * SECOND, 10 * SECOND);
    assert.equal(samples[0], second * SECOND);
    openedAt.push(opened.length);
  }
  // 300 s is where the second file begins; the third is not needed.
  assert.equal(openedAt[12], 1);
  assert.equal(openedAt[19], 2);
  assert.equal(opened.length, 2);
  assert.deepEqual(opened[0].told, [[100 * SECOND + 3, 300 * SECOND + 3]]);
  // Once when it is opened, and once when it is reached.
  assert.deepEqual(new Set(opened[1].told.map(String)), new Set([`3,${150 * SECOND + 3}`]));
  await reader.close();
  assert(opened.every(({ source }) => source.isClosed));
});

Deno.test("a file that was opened ahead and not reached is closed", async () => {
  const { opened, reader } = make([100 * SECOND, 100 * SECOND, 100 * SECOND]);
  reader.willRead(0, 300 * SECOND);
  await reader.read(50 * SECOND, SECOND);
  assert.equal(opened.length, 2);
  await reader.read(250 * SECOND, SECOND);
  await reader.close();
  assert(opened.every(({ source }) => source.isClosed));
});

Deno.test("spans told at random change no sample", async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });
  const spans = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 1 });
  await fc.assert(fc.asyncProperty(lengths, spans, async (lengths, spans) => {
    const { run, opened, reader } = make(lengths);
    for (const [a, b, isTold] of spans) {
      const start = a % (run.frames + 1);
      const count = b % (run.frames - start + 1);
      if (isTold) reader.willRead(start, start + count + b % 7);
      const expected = Float32Array.from({ length: count }, (_, i) => start + i);
      assert.deepEqual(await reader.read(start, count), expected);
    }
    await reader.close();
    assert(opened.every(({ source }) => source.isClosed));
  }));
});
