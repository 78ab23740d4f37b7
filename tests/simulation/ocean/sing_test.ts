import assert from "node:assert/strict";
import fc from "fast-check";
import { sing } from "../../../simulation/ocean/song.ts";

Deno.test("sing() stays within its span and never rests for 2 s", () => {
  const spans = fc.record({
    seed: fc.nat(),
    start: fc.double({ min: 0, max: 1e5, noNaN: true }),
    seconds: fc.double({ min: 8, max: 300, noNaN: true }),
  });
  fc.assert(fc.property(spans, ({ seed, start, seconds }) => {
    const units = sing(seed, start, start + seconds);
    assert.equal(units[0].startSeconds, start);
    let end = start;
    for (const { startSeconds, durationSeconds } of units) {
      assert.ok(startSeconds >= end && startSeconds - end < 2);
      end = startSeconds + durationSeconds;
    }
    assert.ok(end <= start + seconds);
    assert.ok(start + seconds - end < 6); // no room for one unit more
  }));
});

Deno.test("sing() sings nothing where not even one unit fits", () => {
  assert.deepEqual(sing(1, 10, 10.1), []);
});
