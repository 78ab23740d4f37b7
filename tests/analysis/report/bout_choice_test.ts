import assert from "node:assert/strict";
import fc from "fast-check";
import { BoutChoice } from "../../../analysis/report/mod.ts";
import type { Bout } from "../../../pipeline/bouts/mod.ts";

const DAY_MS = 86_400_000;

function bout(hour: number, peakScore: number): Bout {
  const startMs = hour * 3_600_000;
  const shared = { positiveSeconds: 9, meanScore: peakScore, peakMs: startMs + 5000, atGap: false };
  return { startMs, stopMs: startMs + 10_000, peakScore, ...shared };
}

function chosen(bouts: readonly Bout[], seed = 1): BoutChoice {
  const choice = new BoutChoice({ best: 5, random: 7, seed });
  for (const one of bouts) choice.add(one);
  return choice;
}

const score = fc.double({ min: 0.5, max: 1, noNaN: true });

Deno.test("the best bouts are of different days, and no day's better one is passed over", () => {
  fc.assert(fc.property(fc.array(score, { maxLength: 200 }), (scores) => {
    const bouts = scores.map((peak, i) => bout(i * 5, peak));
    const { best } = chosen(bouts);
    const day = ({ peakMs }: Bout): number => Math.floor(peakMs / DAY_MS);
    assert.equal(new Set(best.map(day)).size, best.length);
    for (const one of best) {
      assert.ok(
        bouts.every((other) => day(other) !== day(one) || other.peakScore <= one.peakScore),
      );
    }
    assert.equal(best.length, Math.min(5, new Set(bouts.map(day)).size));
  }));
});

Deno.test("each bout is as likely as any other to be in the random sample", () => {
  const bouts = Array.from({ length: 40 }, (_, i) => bout(i, 0.9));
  const times = new Map<number, number>();
  const draws = 4000;
  for (let seed = 0; seed < draws; seed++) {
    for (const { startMs } of chosen(bouts, seed).sample) {
      times.set(startMs, (times.get(startMs) ?? 0) + 1);
    }
  }
  // 7 of 40: expected 700 of 4,000, standard deviation 24.
  for (const { startMs } of bouts) assert.ok(Math.abs((times.get(startMs) ?? 0) - 700) < 120);
});

Deno.test("the same seed draws the same sample, and few bouts are all shown", () => {
  const bouts = Array.from({ length: 100 }, (_, i) => bout(i, 0.9));
  assert.deepEqual(chosen(bouts).sample, chosen(bouts).sample);
  assert.equal(chosen(bouts.slice(0, 3)).sample.length, 3);
  assert.deepEqual(chosen([]).best, []);
});
