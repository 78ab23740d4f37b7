import assert from "node:assert/strict";
import { timeline } from "../../../pipeline/timeline/timeline.ts";
import type { TimelineEntry } from "../../../pipeline/timeline/timeline_types.ts";

/** Files at 16 kHz, named a, b, c…, each given by its start and duration in ms. */
function files(resolutionMs: 1 | 1000, ...spans: [number, number][]): TimelineEntry[] {
  return spans.map(([startMs, durationMs], i) => ({
    uri: `file:///${"abcdefghijkl"[i]}.wav`,
    sizeBytes: durationMs * 32 + 44,
    version: "1",
    startMs,
    resolutionMs,
    sampleRateHz: 16000,
    channels: 1,
    frames: durationMs * 16,
  }));
}

Deno.test("no files make an empty timeline", () => {
  const { runs, gaps, overlaps, clockResets } = timeline([]);
  assert.deepEqual([runs, gaps, overlaps, clockResets], [[], [], [], []]);
});

Deno.test("files that follow each other are one run, in any order given", () => {
  const [a, b, c] = files(1, [0, 1000], [1000, 500], [1500, 2000]);
  const { runs, gaps } = timeline([c, a, b]);
  assert.deepEqual(runs, [{
    startMs: 0,
    sampleRateHz: 16000,
    frames: 56000,
    segments: [
      { entryIndex: 1, entryFrame: 0, runFrame: 0, frames: 16000 },
      { entryIndex: 2, entryFrame: 0, runFrame: 16000, frames: 8000 },
      { entryIndex: 0, entryFrame: 0, runFrame: 24000, frames: 32000 },
    ],
  }]);
  assert.deepEqual(gaps, []);
});

Deno.test("names in whole seconds join within 1 s, either way, and no further", () => {
  for (const offMs of [-1000, -999, 0, 1, 1000]) {
    const { runs } = timeline(files(1000, [0, 10_000], [10_000 + offMs, 10_000]));
    assert.equal(runs.length, 1, `off by ${offMs}`);
    assert.equal(runs[0].frames, 320_000);
  }
  assert.equal(timeline(files(1000, [0, 10_000], [11_001, 10_000])).gaps.length, 1);
  assert.equal(timeline(files(1000, [0, 10_000], [8999, 10_000])).overlaps.length, 1);
});

Deno.test("names in milliseconds join within 1 ms, and one in seconds is enough for 1 s", () => {
  for (const [offMs, runs] of [[-2, 2], [-1, 1], [1, 1], [2, 2]]) {
    assert.equal(timeline(files(1, [0, 10_000], [10_000 + offMs, 10_000])).runs.length, runs);
  }
  const [a, b] = files(1, [0, 10_000], [10_800, 10_000]);
  assert.equal(timeline([a, { ...b, resolutionMs: 1000 }]).runs.length, 1);
});

Deno.test("the least part of a millisecond beyond the resolution does not join", () => {
  const [a, b] = files(1, [0, 10_000], [10_001, 10_000]);
  assert.equal(timeline([a, b]).runs.length, 1);
  assert.equal(timeline([{ ...a, frames: a.frames - 1 }, b]).runs.length, 2);
});

Deno.test("a gap is recorded with the files beside it", () => {
  const { runs, gaps } = timeline(files(1000, [0, 10_000], [15_000, 10_000]));
  assert.deepEqual(runs.map(({ startMs, frames }) => [startMs, frames]), [
    [0, 160_000],
    [15_000, 160_000],
  ]);
  assert.deepEqual(gaps, [{
    startMs: 10_000,
    stopMs: 15_000,
    afterUri: "file:///a.wav",
    beforeUri: "file:///b.wav",
    cause: "missing",
  }]);
});

Deno.test("in an overlap the first file wins, and the later one's leading frames are skipped", () => {
  const { runs, gaps, overlaps } = timeline(files(1000, [0, 10_000], [6000, 10_000]));
  assert.deepEqual(runs[1], {
    startMs: 10_000,
    sampleRateHz: 16000,
    frames: 96_000,
    segments: [{ entryIndex: 1, entryFrame: 64_000, runFrame: 0, frames: 96_000 }],
  });
  assert.deepEqual(gaps, []);
  assert.deepEqual(overlaps, [{
    firstUri: "file:///a.wav",
    secondUri: "file:///b.wav",
    startMs: 6000,
    stopMs: 10_000,
  }]);
});

Deno.test("a file within another vanishes, and the one after it still joins the first", () => {
  const spans: [number, number][] = [[0, 10_000], [3000, 5000], [10_000, 5000]];
  const { runs, overlaps } = timeline(files(1000, ...spans));
  assert.deepEqual(runs.map((run) => run.segments.map((segment) => segment.entryIndex)), [[0, 2]]);
  assert.deepEqual([overlaps[0].startMs, overlaps[0].stopMs], [3000, 8000]);
});

Deno.test("after an overlap a run begins at a whole millisecond that nothing covers", () => {
  const [a, b] = files(1, [0, 10_000], [6000, 10_000]);
  const odd = { ...b, sampleRateHz: 44_100, frames: 441_000 };
  const { runs, gaps } = timeline([{ ...a, frames: 160_001 }, odd]);
  // The first ends after 10,000.0625 ms; 44.1 kHz has whole milliseconds every 10.
  assert.equal(runs[1].startMs, 10_010);
  assert.equal(runs[1].segments[0].entryFrame, 4.01 * 44_100);
  assert.deepEqual([gaps[0].startMs, gaps[0].stopMs, gaps[0].cause], [10_001, 10_010, "overlap"]);
});

Deno.test("another sample rate never joins, and what it covers twice is an overlap", () => {
  const [a, b, c] = files(1000, [0, 10_400], [10_000, 10_000], [20_000, 1000]);
  const { runs, overlaps } = timeline([a, { ...b, sampleRateHz: 8000 * 4, frames: 320_000 }, c]);
  assert.deepEqual(runs.map((run) => run.startMs), [0, 10_400, 20_000]);
  assert.deepEqual(overlaps.map(({ startMs, stopMs }) => [startMs, stopMs]), [[10_000, 10_400]]);
});

Deno.test("files of other numbers of channels join", () => {
  const [a, b] = files(1, [0, 1000], [1000, 1000]);
  assert.equal(timeline([a, { ...b, channels: 4 }]).runs.length, 1);
});

Deno.test("slow drift keeps joining, and past 1 s the clock is set anew at the named start", () => {
  // Each hour's file holds 400 ms too little: the sample clock falls behind its names.
  const hours = Array.from({ length: 6 }, (_, i): [number, number] => [i * 3_600_000, 3_599_600]);
  const { runs, gaps, clockResets, overlaps } = timeline(files(1000, ...hours));
  assert.deepEqual(runs.map(({ startMs, segments }) => [startMs, segments.length]), [
    [0, 3],
    [3 * 3_600_000, 3],
  ]);
  const atMs = 3 * 3_600_000;
  assert.deepEqual(clockResets, [{ uri: "file:///d.wav", atMs, driftMs: 1200 }]);
  assert.deepEqual(gaps.map(({ startMs, stopMs, cause }) => [startMs, stopMs, cause]), [
    [atMs - 1200, atMs, "clock"],
  ]);
  assert.deepEqual(overlaps, []);
});

Deno.test("a clock that ran ahead is set anew without covering time twice", () => {
  const hours = Array.from({ length: 5 }, (_, i): [number, number] => [i * 3_600_000, 3_600_400]);
  const { runs, gaps, clockResets, overlaps } = timeline(files(1000, ...hours));
  const atMs = 3 * 3_600_000;
  assert.deepEqual(clockResets, [{ uri: "file:///d.wav", atMs, driftMs: -1200 }]);
  assert.equal(runs[1].startMs, atMs + 1200);
  assert.equal(runs[1].segments[0].entryFrame, 1.2 * 16000);
  assert.deepEqual([gaps, overlaps], [[], []]);
});

Deno.test("a drift of just 1 s is kept", () => {
  const halves = files(1000, [0, 10_000], [10_500, 10_000], [21_000, 10_000]);
  assert.deepEqual(timeline(halves).clockResets, []);
  const more = files(1000, [0, 10_000], [10_500, 10_000], [21_001, 10_000]);
  assert.equal(timeline(more).clockResets[0].driftMs, 1001);
});

Deno.test("one file given twice is wrong usage, and numbers out of range a RangeError", () => {
  const [a] = files(1, [0, 1000]);
  assert.throws(() => timeline([a, { ...a, startMs: 5 }]), {
    kind: "usage",
    message: "Cannot use a.wav twice: file:///a.wav is given more than once.",
  });
  assert.throws(() => timeline([{ ...a, frames: 0 }]), /RangeError.*0 frames/);
  assert.throws(() => timeline([{ ...a, startMs: 0.5 }]), /RangeError.*0.5 ms/);
  assert.throws(() => timeline([{ ...a, sampleRateHz: NaN }]), RangeError);
});

Deno.test("a recording that lies in no year of four digits is refused in a sentence", () => {
  for (const startMs of [Date.UTC(9999, 11, 31, 23), Date.UTC(20_000, 0), -1e14, 9e15, -9e15]) {
    assert.throws(() => timeline(files(1, [startMs, 1000])), {
      kind: "data",
      message: /^Cannot place a\.wav as times here have years of four digits: .* lasts from .*\.$/,
    });
  }
  assert.equal(timeline(files(1, [Date.UTC(9999, 11, 30), 1000])).runs.length, 1);
});
