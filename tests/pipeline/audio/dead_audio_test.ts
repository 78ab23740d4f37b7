import assert from "node:assert/strict";
import fc from "fast-check";
import { DeadSpanFinder } from "../../../pipeline/audio/dead_audio.ts";

/** The definition: frame i is dead if it lies within `minimum` identical samples in a row. */
function deadByDefinition(samples: Float32Array, minimum: number): boolean[] {
  const dead = Array.from(samples, () => false);
  for (let start = 0; start + minimum <= samples.length; start++) {
    const window = samples.subarray(start, start + minimum);
    if (window.every((sample) => sample === window[0])) dead.fill(true, start, start + minimum);
  }
  return dead;
}

function flags(finder: DeadSpanFinder, length: number): boolean[] {
  const dead = Array.from({ length }, () => false);
  for (const { startFrame, stopFrame } of finder.spansSoFar()) {
    dead.fill(true, startFrame, stopFrame);
  }
  return dead;
}

const inputs = fc.record({
  streaks: fc.array(fc.tuple(fc.constantFrom(0, -0, 0.5, -0.25), fc.integer({ min: 1, max: 9 }))),
  minimum: fc.integer({ min: 2, max: 6 }),
  chunks: fc.array(fc.nat(7), { maxLength: 40 }),
});

Deno.test("chunks of any sizes give what the definition gives for the whole", () => {
  fc.assert(fc.property(inputs, ({ streaks, minimum, chunks }) => {
    const values = streaks.flatMap(([value, count]) => new Array<number>(count).fill(value));
    const samples = Float32Array.from(values);
    const expected = deadByDefinition(samples, minimum);
    const finder = new DeadSpanFinder(minimum);
    let pushed = 0;
    for (const size of [...chunks, samples.length]) {
      finder.push(samples.subarray(pushed, pushed + size), pushed);
      pushed = Math.min(samples.length, pushed + size);
      // What is called final must be what the whole gives, and not lag by more than the minimum.
      const final = finder.finalUpTo;
      assert(final <= pushed && final > pushed - minimum);
      assert.deepEqual(flags(finder, final), expected.slice(0, final));
    }
    finder.finish();
    assert.equal(finder.finalUpTo, Infinity);
    assert.deepEqual(flags(finder, samples.length), expected);
    const spans = finder.spansSoFar();
    assert(spans.every(({ startFrame, stopFrame }) => stopFrame - startFrame >= minimum));
  }));
});

Deno.test("dead frames of any final span are counted as the definition counts them", () => {
  const spans = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 10 });
  fc.assert(fc.property(inputs, spans, fc.boolean(), ({ streaks, minimum }, spans, finishes) => {
    const values = streaks.flatMap(([value, count]) => new Array<number>(count).fill(value));
    const expected = deadByDefinition(Float32Array.from(values), minimum);
    const finder = new DeadSpanFinder(minimum);
    finder.push(Float32Array.from(values), 1000);
    if (finishes) finder.finish();
    const length = Math.min(finder.finalUpTo, 1000 + values.length) - 1000;
    for (const [a, b] of spans) {
      if (length < 0) return;
      const start = a % (length + 1);
      const stop = start + b % (length - start + 1);
      const dead = expected.slice(start, stop).filter((isDead) => isDead).length;
      assert.equal(finder.deadFrames(1000 + start, 1000 + stop), dead);
    }
  }));
});

Deno.test("a streak of one sample fewer than the minimum is alive", () => {
  const finder = new DeadSpanFinder(1600);
  const samples = new Float32Array(5000).map((_, i) => i % 2 === 0 ? 0.1 : -0.1);
  samples.fill(0, 1000, 2599);
  samples.fill(0, 3001, 4601);
  finder.push(samples, 0);
  finder.finish();
  assert.deepEqual(finder.spansSoFar(), [{ startFrame: 3001, stopFrame: 4601 }]);
});

Deno.test("an answer that more samples could change is refused", () => {
  const finder = new DeadSpanFinder(4);
  assert.equal(finder.finalUpTo, 0);
  finder.push(Float32Array.of(1, 2, 3, 3, 3), 0);
  assert.equal(finder.deadFrames(0, 2), 0);
  assert.throws(() => finder.deadFrames(0, 3), /RangeError.*final up to frame 2/);
  finder.push(Float32Array.of(3, 3), 5);
  assert.equal(finder.deadFrames(0, 7), 5);
});

Deno.test("chunks that do not follow each other, or follow the end, are refused", () => {
  const finder = new DeadSpanFinder(4);
  finder.push(Float32Array.of(1, 2), 10);
  assert.throws(
    () => finder.push(Float32Array.of(1), 13),
    /RangeError.*frame 13.*frame 12 follows/,
  );
  finder.finish();
  finder.finish();
  assert.throws(() => finder.push(Float32Array.of(1), 12), /nothing follows/);
  assert.throws(() => new DeadSpanFinder(1), /2 or more: 1/);
});
