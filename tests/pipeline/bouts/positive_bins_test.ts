import assert from "node:assert/strict";
import fc from "fast-check";
import { findBinBouts, positiveBins } from "../../../pipeline/bouts/mod.ts";

const score = fc.oneof(fc.integer({ min: 0, max: 10 }).map((n) => n / 10), fc.constant(NaN));

Deno.test("a bin is positive with hysteresis if it, or one before it, reached the threshold", () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
      const positive = positiveBins(scores, 0.7, 0.4);
      scores.forEach((_, bin) => {
        // Written definition: back over bins at or above `off` there is one at the threshold.
        let reached = false;
        for (let at = bin; at >= 0 && scores[at] >= 0.4; at--) reached ||= scores[at] >= 0.7;
        assert.equal(positive[bin] === 1, reached);
      });
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("hysteresis with both thresholds alike is the plain threshold", () => {
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
      assert.deepEqual(positiveBins(scores, 0.5, 0.5), positiveBins(scores, 0.5));
    }),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("a bout with hysteresis goes on down to off, and not across missing effort", () => {
  const options = { threshold: 0.7, off: 0.4, gap: 0, min: 1 };
  const bouts = findBinBouts([0.5, 0.7, 0.5, 0.4, 0.3, 0.5, 0.8, NaN, 0.5], options);
  assert.deepEqual(bouts.map(({ start, stop }) => [start, stop]), [[1, 4], [6, 7]]);
});

Deno.test("nothing and scores without effort have no positive bins", () => {
  assert.deepEqual([...positiveBins([], 0)], []);
  assert.deepEqual([...positiveBins([NaN, NaN], 0)], [0, 0]);
});
