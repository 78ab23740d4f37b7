import assert from "node:assert/strict";
import fc from "fast-check";
import { maximumMatching } from "../../../analysis/evaluation/mod.ts";

/** The most pairs, by trying all ways. */
function mostPairs(candidates: number[][], left = 0, taken = new Set<number>()): number {
  if (left === candidates.length) return 0;
  let most = mostPairs(candidates, left + 1, taken);
  for (const right of candidates[left]) {
    if (taken.has(right)) continue;
    most = Math.max(most, 1 + mostPairs(candidates, left + 1, new Set([...taken, right])));
  }
  return most;
}

Deno.test("no way of pairing bouts and detections makes more pairs than the matching", () => {
  const candidates = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 4 })), { maxLength: 6 });
  fc.assert(
    fc.property(candidates, (lists) => {
      const partners = maximumMatching(lists, 5);
      const made = partners.filter((right) => right >= 0);
      assert.equal(new Set(made).size, made.length);
      partners.forEach((right, left) => assert.ok(right < 0 || lists[left].includes(right)));
      assert.equal(made.length, mostPairs(lists));
    }),
    { seed: 3, numRuns: 1000 },
  );
});

Deno.test("a chain of a thousand events that hang together is matched whole", () => {
  const lists = Array.from({ length: 1000 }, (_, i) => i === 999 ? [0] : [i, i + 1]);
  assert.ok(maximumMatching(lists, 1000).every((right) => right >= 0));
});
