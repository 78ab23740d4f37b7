import assert from "node:assert/strict";
import fc from "fast-check";
import { type Edges, medianFilter } from "../../../pipeline/bouts/mod.ts";
import { readJson } from "../../helpers/fixtures.ts";

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

Deno.test("medianFilter() equals SciPy's medfilt and median_filter at every edge", async () => {
  const { cases } = await readJson("calls/median.json");
  for (const { length, scores, ...edges } of cases) {
    for (const [name, filtered] of Object.entries(edges)) {
      const ours = [...medianFilter(scores, length, name as Edges)];
      assert.deepEqual(ours, filtered, `${name}, ${length} of ${scores.length}`);
    }
  }
});

Deno.test("medianFilter() gives spans beside a gap what they give alone, at every edge", () => {
  const score = fc.integer({ min: 0, max: 9 }).map((tenths) => tenths / 10);
  const span = fc.array(score, { minLength: 1, maxLength: 40 });
  const edges = fc.constantFrom<Edges>("shrink", "zero", "reflect", "nearest");
  fc.assert(
    fc.property(span, span, edges, fc.constantFrom(1, 3, 25), (one, other, edges, length) => {
      const alone = [one, other].map((scores) => [...medianFilter(scores, length, edges)]);
      const joined = [...medianFilter([...one, NaN, ...other], length, edges)];
      assert.deepEqual(joined, [...alone[0], NaN, ...alone[1]]);
    }),
    { seed: 9, numRuns: 500 },
  );
});
