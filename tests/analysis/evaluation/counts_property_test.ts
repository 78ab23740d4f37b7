import assert from "node:assert/strict";
import fc from "fast-check";
import {
  byCollar,
  byOverlap,
  type Counts,
  eventCounts,
  intersectionCounts,
  ratesOf,
  segmentCounts,
} from "../../../analysis/evaluation/mod.ts";
import type { Span } from "../../../core/mod.ts";

const span = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 20 }))
  .map(([start, length]): Span => ({ startMs: start * 500, stopMs: (start + length) * 500 }));
const spans = fc.array(span, { maxLength: 8 });
const whole: Span[] = [{ startMs: 0, stopMs: 60_000 }];

type Measure = (reference: Span[], detected: Span[], covered: Span[]) => Counts;
const measures: Record<string, Measure> = {
  "segments of 1 s": (r, d, c) => segmentCounts(r, d, c, { lengthMs: 1000 }),
  "segments of 7 s": (r, d, c) => segmentCounts(r, d, c, { lengthMs: 7000, originMs: 456 }),
  "a collar": (r, d, c) => eventCounts(r, d, c, byCollar(2000)),
  "intersection over union": (r, d, c) => eventCounts(r, d, c, byOverlap(0.3)),
  "intersection": (r, d, c) => intersectionCounts(r, d, c),
};

for (const [name, measure] of Object.entries(measures)) {
  Deno.test(`by ${name}: the order of rows does not matter`, () => {
    fc.assert(
      fc.property(spans, spans, spans, (reference, detected, covered) => {
        const backwards = [reference, detected, covered].map((list) => list.toReversed());
        assert.deepEqual(
          measure(backwards[0], backwards[1], backwards[2]),
          measure(reference, detected, covered),
        );
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  Deno.test(`by ${name}: finding just what is there gives 1, and no false alarm`, () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), (bouts) => {
        const counts = measure(bouts, bouts, whole);
        assert.equal(counts.falsePositives + counts.falseNegatives, 0);
        assert.equal(ratesOf(counts).f1, 1);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  Deno.test(`by ${name}: nothing found, nothing there and nothing covered are no faults`, () => {
    const bout = { startMs: 10_000, stopMs: 20_000 };
    assert.equal(measure([], [], whole).truePositives, 0);
    assert.ok(Number.isNaN(ratesOf(measure([], [], whole)).f1));
    assert.equal(ratesOf(measure([bout], [], whole)).recall, 0);
    assert.ok(Number.isNaN(ratesOf(measure([bout], [], whole)).precision));
    assert.equal(ratesOf(measure([], [bout], whole)).precision, 0);
    assert.ok(Number.isNaN(ratesOf(measure([], [bout], whole)).recall));
    const { truePositives, falsePositives, falseNegatives } = measure([bout], [bout], []);
    if (name.startsWith("seg")) assert.equal(truePositives, 0);
    assert.equal(falsePositives + falseNegatives, 0);
  });

  Deno.test(`by ${name}: what lies outside of annotated time changes nothing`, () => {
    const covered = [{ startMs: 0, stopMs: 30_000 }, { startMs: 40_000, stopMs: 50_000 }];
    const far = fc.array(
      fc.integer({ min: 0, max: 30 }).map((second) => ({
        startMs: 60_000 + second * 1000,
        stopMs: 63_000 + second * 1000,
      })),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(spans, spans, far, far, (reference, detected, more, others) => {
        assert.deepEqual(
          measure([...reference, ...more], [...detected, ...others], covered),
          measure(reference, detected, covered),
        );
      }),
      { seed: 8, numRuns: 200 },
    );
  });
}

Deno.test("segments of a second agree with looking at every second", () => {
  const active = (events: Span[], covered: Span[], second: number): boolean =>
    events.some((event) =>
      covered.some((cover) => {
        const startMs = Math.max(event.startMs, cover.startMs, second * 1000);
        return Math.min(event.stopMs, cover.stopMs, second * 1000 + 1000) > startMs;
      })
    );
  const coverOf = (covered: Span[], second: number): number => {
    let ms = 0;
    for (let at = second * 1000; at < second * 1000 + 1000; at += 500) {
      if (covered.some(({ startMs, stopMs }) => startMs <= at && at < stopMs)) ms += 500;
    }
    return ms;
  };
  fc.assert(
    fc.property(spans, spans, spans, (reference, detected, covered) => {
      const expected = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
      for (let second = 0; second < 60; second++) {
        if (coverOf(covered, second) < 500) continue;
        const [there, found] = [reference, detected].map((list) => active(list, covered, second));
        if (there) expected[found ? "truePositives" : "falseNegatives"]++;
        else expected[found ? "falsePositives" : "trueNegatives"]++;
      }
      assert.deepEqual(segmentCounts(reference, detected, covered, { lengthMs: 1000 }), expected);
    }),
    { seed: 9, numRuns: 500 },
  );
});
