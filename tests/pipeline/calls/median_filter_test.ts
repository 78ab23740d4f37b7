import assert from "node:assert/strict";
import fc from "fast-check";
import { medianFilter } from "../../../pipeline/calls/mod.ts";

/** The written definition: the median of what lies inside, over continuous effort only. */
function byDefinition(scores: readonly number[], length: number): number[] {
  const half = (length - 1) / 2;
  return scores.map((score, bin) => {
    if (Number.isNaN(score)) return NaN;
    let [first, last] = [bin, bin];
    while (first > bin - half && first > 0 && !Number.isNaN(scores[first - 1])) first--;
    while (last < bin + half && last < scores.length - 1 && !Number.isNaN(scores[last + 1])) last++;
    const sorted = scores.slice(first, last + 1).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  });
}

const scores = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }).map((n) => n / 20) }, {
    weight: 1,
    arbitrary: fc.constant(NaN),
  }),
  { maxLength: 120 },
);

Deno.test("medianFilter() is the median of what lies inside, never across a gap", () => {
  fc.assert(
    fc.property(scores, fc.integer({ min: 0, max: 30 }), (values, half) => {
      const length = 2 * half + 1;
      assert.deepEqual([...medianFilter(values, length)], byDefinition(values, length));
    }),
    { seed: 4, numRuns: 500 },
  );
});

Deno.test("medianFilter() removes an impulse and keeps a step", () => {
  assert.deepEqual([...medianFilter([0, 0, 1, 0, 0], 3)], [0, 0, 0, 0, 0]);
  assert.deepEqual([...medianFilter([0, 0, 1, 1, 1], 3)], [0, 0, 1, 1, 1]);
});

Deno.test("medianFilter() of nothing is nothing, and refuses an even window", () => {
  assert.equal(medianFilter([]).length, 0);
  assert.throws(() => medianFilter([1], 4), /odd and ≥ 1: 4 bins/);
  assert.throws(() => medianFilter([1], NaN), RangeError);
});
