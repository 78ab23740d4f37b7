import assert from "node:assert/strict";
import fc from "fast-check";
import { durationOf, wholeFrames } from "../../../pipeline/timeline/timeline.ts";

const rates = fc.oneof(
  fc.constantFrom(10_000, 16_000, 44_100, 96_000),
  fc.integer({ min: 1, max: 6e5 }),
);

Deno.test("durations are rounded from the exact fraction, for decades of audio", () => {
  fc.assert(fc.property(fc.maxSafeNat(), rates, (frames, rate) => {
    const exactTimesRate = BigInt(frames) * 1000n;
    const { floorMs, ceilMs, ms } = durationOf(frames, rate);
    if (!Number.isSafeInteger(ceilMs)) return;
    assert.equal(BigInt(floorMs), exactTimesRate / BigInt(rate));
    assert.equal(BigInt(ceilMs), (exactTimesRate + BigInt(rate) - 1n) / BigInt(rate));
    assert(ms >= floorMs && ms <= ceilMs);
  }));
});

Deno.test("whole frames last whole milliseconds, as few as are enough", () => {
  assert.deepEqual(wholeFrames(7, 16_000), { frames: 112, ms: 7 });
  assert.deepEqual(wholeFrames(7, 44_100), { frames: 441, ms: 10 });
  assert.deepEqual(wholeFrames(0, 44_100), { frames: 0, ms: 0 });
  fc.assert(fc.property(fc.nat(1e9), rates, (wanted, rate) => {
    const { frames, ms } = wholeFrames(wanted, rate);
    assert(ms >= wanted && ms - wanted < 1000);
    assert.equal(frames * 1000, ms * rate);
  }));
});
