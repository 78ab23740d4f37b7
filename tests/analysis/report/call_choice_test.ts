import assert from "node:assert/strict";
import fc from "fast-check";
import { CallChoice } from "../../../analysis/report/mod.ts";
import type { Call } from "../../../pipeline/calls/mod.ts";

const DAY_MS = 86_400_000;

function call(hour: number, peakScore: number): Call {
  const startMs = hour * 3_600_000;
  const shared = { positiveSeconds: 9, meanScore: peakScore, peakMs: startMs + 5000, atGap: false };
  return { startMs, stopMs: startMs + 10_000, peakScore, ...shared };
}

function chosen(calls: readonly Call[], seed = 1): CallChoice {
  const choice = new CallChoice({ best: 5, random: 7, seed });
  for (const one of calls) choice.add(one);
  return choice;
}

const score = fc.double({ min: 0.5, max: 1, noNaN: true });

Deno.test("the best calls are of different days, and no day's better one is passed over", () => {
  fc.assert(fc.property(fc.array(score, { maxLength: 200 }), (scores) => {
    const calls = scores.map((peak, i) => call(i * 5, peak));
    const { best } = chosen(calls);
    const day = ({ peakMs }: Call): number => Math.floor(peakMs / DAY_MS);
    assert.equal(new Set(best.map(day)).size, best.length);
    for (const one of best) {
      assert.ok(
        calls.every((other) => day(other) !== day(one) || other.peakScore <= one.peakScore),
      );
    }
    assert.equal(best.length, Math.min(5, new Set(calls.map(day)).size));
  }));
});

Deno.test("each call is as likely as any other to be in the random sample", () => {
  const calls = Array.from({ length: 40 }, (_, i) => call(i, 0.9));
  const times = new Map<number, number>();
  const draws = 4000;
  for (let seed = 0; seed < draws; seed++) {
    for (const { startMs } of chosen(calls, seed).sample) {
      times.set(startMs, (times.get(startMs) ?? 0) + 1);
    }
  }
  // 7 of 40: expected 700 of 4,000, standard deviation 24.
  for (const { startMs } of calls) assert.ok(Math.abs((times.get(startMs) ?? 0) - 700) < 120);
});

Deno.test("the same seed draws the same sample, and few calls are all shown", () => {
  const calls = Array.from({ length: 100 }, (_, i) => call(i, 0.9));
  assert.deepEqual(chosen(calls).sample, chosen(calls).sample);
  assert.equal(chosen(calls.slice(0, 3)).sample.length, 3);
  assert.deepEqual(chosen([]).best, []);
});
