import assert from "node:assert/strict";
import fc from "fast-check";
import { findBinBouts } from "../../../pipeline/bouts/mod.ts";

const options = { threshold: 0.5, gap: 2, min: 3 };

Deno.test("findBinBouts() joins over gaps up to the limit, and no further", () => {
  const at = (text: string): number[] => [...text].map((mark) => mark === "x" ? 0.9 : 0.1);
  const spans = (text: string) =>
    findBinBouts(at(text), { ...options, min: 1 }).map(({ start, stop }) => [start, stop]);
  assert.deepEqual(spans("x..x"), [[0, 4]]);
  assert.deepEqual(spans("x...x"), [[0, 1], [4, 5]]);
});

Deno.test("findBinBouts() drops short bouts after joining", () => {
  const bouts = findBinBouts([0.1, 0.5, 0.1, 0.5, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1], options);
  assert.deepEqual(bouts.map(({ start, stop }) => [start, stop]), [[1, 4]]);
});

Deno.test("findBinBouts() gives peak, its bin, mean and positive seconds of the filtered score", () => {
  const [bout] = findBinBouts([0, 0.6, 0.3, 0.9, 0.9, 0], options);
  assert.deepEqual(bout, {
    start: 1,
    stop: 5,
    positive: 3,
    peak: 0.9,
    peakBin: 3,
    mean: (0.6 + 0.3 + 0.9 + 0.9) / 4,
    atGap: false,
  });
});

Deno.test("findBinBouts() never joins across missing effort, and says what touches it", () => {
  const bouts = findBinBouts([0, 1, 1, 1, NaN, 1, 1, 1, 0, 0], options);
  assert.deepEqual(bouts.map(({ start, stop, atGap }) => [start, stop, atGap]), [
    [1, 4, true],
    [5, 8, true],
  ]);
});

Deno.test("every positive bin of a long enough bout is in it, and no other bout is nearer", () => {
  const score = fc.oneof(fc.constantFrom(0, 0.4, 0.5, 0.7, 1), fc.constant(NaN));
  fc.assert(
    fc.property(fc.array(score, { maxLength: 80 }), (scores) => {
      const bouts = findBinBouts(scores, { ...options, min: 1 });
      const inside = (bin: number): boolean =>
        bouts.some(({ start, stop }) => bin >= start && bin < stop);
      scores.forEach((value, bin) => {
        if (value >= 0.5) assert.ok(inside(bin));
        if (Number.isNaN(value)) assert.ok(!inside(bin));
      });
      for (const { start, stop, positive } of bouts) {
        assert.ok(scores[start] >= 0.5 && scores[stop - 1] >= 0.5);
        assert.equal(scores.slice(start, stop).filter((value) => value >= 0.5).length, positive);
      }
    }),
    { seed: 5, numRuns: 500 },
  );
});
