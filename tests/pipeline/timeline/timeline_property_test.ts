import assert from "node:assert/strict";
import fc from "fast-check";
import { timeline } from "../../../pipeline/timeline/timeline.ts";
import type { Timeline, TimelineEntry } from "../../../pipeline/timeline/timeline_types.ts";

const rates = fc.constantFrom(10_000, 11_025, 16_000, 44_100, 48_000, 96_000, 15_999);

function entry(index: number, startMs: number, rate: number, frames: number): TimelineEntry {
  const uri = `file:///${index}.wav`;
  const rest = { sizeBytes: frames * 2, version: "1", channels: 1, resolutionMs: 1 } as const;
  return { ...rest, uri, startMs, sampleRateHz: rate, frames };
}

/** Exact order of `startMs + frames / rate` and a whole millisecond. */
function endsAtOrBefore(startMs: number, frames: number, rate: number, ms: number): boolean {
  return BigInt(frames) * 1000n <= BigInt(ms - startMs) * BigInt(rate);
}

function assertSound(entries: TimelineEntry[], result: Timeline): void {
  const { runs } = result;
  for (const run of runs) {
    let runFrame = 0;
    for (const segment of run.segments) {
      assert.equal(segment.runFrame, runFrame);
      assert(segment.frames > 0 && segment.entryFrame >= 0);
      assert.equal(segment.entryFrame + segment.frames, entries[segment.entryIndex].frames);
      assert.equal(entries[segment.entryIndex].sampleRateHz, run.sampleRateHz);
      runFrame += segment.frames;
    }
    assert.equal(runFrame, run.frames);
    assert(Number.isInteger(run.startMs));
  }
  for (let i = 1; i < runs.length; i++) {
    const { startMs, frames, sampleRateHz } = runs[i - 1];
    const next = runs[i].startMs;
    assert(endsAtOrBefore(startMs, frames, sampleRateHz, next), "an instant is covered twice");
    // Between two runs lies a gap that fills it but for less than 1 ms, or less than 1 ms.
    const gap = result.gaps.find(({ stopMs }) => stopMs === next);
    const coveredTo = gap?.startMs ?? next;
    assert(endsAtOrBefore(startMs, frames, sampleRateHz, coveredTo));
    assert(!endsAtOrBefore(startMs, frames, sampleRateHz, coveredTo - 1));
  }
}

Deno.test("one recording cut at any milliseconds is one run that covers all of it", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4_000_000 }), { minLength: 1, maxLength: 30 });
  const starts = fc.integer({ min: -1e12, max: 4e12 });
  fc.assert(fc.property(lengths, starts, rates, (lengthsMs, startMs, rate) => {
    const entries: TimelineEntry[] = [];
    let atMs = 0;
    for (const [i, lengthMs] of lengthsMs.entries()) {
      // The frames from the first at or after the cut to the first at or after the next.
      const first = Math.ceil(atMs * rate / 1000);
      const stop = Math.ceil((atMs + lengthMs) * rate / 1000);
      entries.push(entry(i, startMs + atMs, rate, stop - first));
      atMs += lengthMs;
    }
    const result = timeline(entries);
    assertSound(entries, result);
    assert.equal(result.runs.length, 1);
    assert.equal(result.runs[0].startMs, startMs);
    assert.equal(result.runs[0].frames, Math.ceil(atMs * rate / 1000));
    assert.deepEqual([result.gaps, result.overlaps, result.clockResets], [[], [], []]);
  }));
});

Deno.test("the same cut, named in whole seconds, is one run that covers all of it", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4_000_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(lengths, fc.nat(999), (lengthsMs, fractionMs) => {
    let atMs = 0;
    const entries = lengthsMs.map((lengthMs, i): TimelineEntry => {
      const startMs = Math.floor((atMs + fractionMs) / 1000) * 1000;
      atMs += lengthMs;
      return { ...entry(i, startMs, 16000, lengthMs * 16), resolutionMs: 1000 };
    });
    // Files of the same named second stay in the order of their names here, as recorders name them.
    entries.forEach((file, i) => entries[i] = { ...file, uri: `file:///${1000 + i}.wav` });
    const { runs } = timeline(entries);
    assert.equal(runs.length, 1);
    assert.equal(runs[0].frames, atMs * 16);
  }));
});

Deno.test("of any files no instant is covered twice, and runs and gaps cover all between", () => {
  const file = fc.record({
    startMs: fc.integer({ min: 0, max: 20_000 }),
    frames: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 10 })),
    rate: fc.oneof({ weight: 5, arbitrary: fc.constant(16_000) }, rates),
    resolutionMs: fc.constantFrom(1 as const, 1000 as const),
  });
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 12 }), (files) => {
      const entries = files.map(({ startMs, frames, rate, resolutionMs }, i) => ({
        ...entry(i, startMs, rate, frames),
        resolutionMs,
      }));
      const result = timeline(entries);
      assertSound(entries, result);
      const first = Math.min(...entries.map(({ startMs }) => startMs));
      assert.equal(result.runs[0].startMs, first);
      const used = new Set(result.runs.flatMap((run) => run.segments.map((s) => s.entryIndex)));
      for (const [i, { uri }] of entries.entries()) {
        if (!used.has(i)) assert(result.overlaps.some(({ secondUri }) => secondUri === uri));
      }
      for (const { startMs, stopMs } of result.overlaps) assert(startMs < stopMs);
    }),
    { numRuns: 3000 },
  );
});
