import assert from "node:assert/strict";
import {
  averagePrecision,
  type SecondItems,
  secondItems,
  targetThreshold,
  thresholdTable,
  wilsonLower,
} from "../../../analysis/evaluation/mod.ts";
import { readGoldens } from "./goldens.ts";

const goldens = await readGoldens();
const DAY_MS = 86_400_000;

/** Items of a ranking, spread over days. */
function itemsOf(
  { scores, positive }: { scores: number[]; positive: number[] },
  days: number,
): SecondItems {
  return {
    scores: Float64Array.from(scores),
    positive: positive.map((value) => value === 1),
    secondMs: Float64Array.from(scores, (_, i) => (i % days) * DAY_MS),
  };
}

Deno.test("average precision of tied and untied scores is scikit-learn's", () => {
  for (const { scores, positive, averagePrecision: golden } of goldens.rankings) {
    const found = averagePrecision(scores, positive.map((value) => value === 1));
    assert.ok(Math.abs(found - golden) < 1e-12);
  }
});

Deno.test("the threshold for a share is where scikit-learn's curve first reaches it", () => {
  for (const ranking of goldens.rankings) {
    const { thresholds, precision, recall } = ranking;
    const items = itemsOf(ranking, 8);
    const reached = precision.findIndex((value) => value >= 0.6);
    const byPrecision = targetThreshold(items, { measure: "precision", share: 0.6 });
    assert.ok(byPrecision && Math.abs(byPrecision.precision - precision[reached]) < 1e-12);
    // Just above the score before: the same seconds are positive.
    assert.ok(byPrecision.threshold <= thresholds[reached]);
    assert.ok(reached === 0 || byPrecision.threshold > thresholds[reached - 1]);
    const last = recall.findLastIndex((value) => value >= 0.8);
    const byRecall = targetThreshold(items, { measure: "recall", share: 0.8 });
    assert.ok(byRecall && Math.abs(byRecall.threshold - thresholds[last]) < 0.001);
    assert.ok(Math.abs(byRecall.recall - recall[last]) < 1e-12);
    assert.ok(byRecall.lowerBound <= byRecall.recall && byRecall.lowerBound > 0.4);
  }
});

Deno.test("a share that no threshold reaches has no threshold, and few days no bound", () => {
  const items = itemsOf({ scores: [0.2, 0.9], positive: [1, 0] }, 2);
  assert.equal(targetThreshold(items, { measure: "precision", share: 0.9 }), undefined);
  const recall = targetThreshold(items, { measure: "recall", share: 1 });
  assert.equal(recall?.threshold, 0.2);
  assert.ok(Number.isNaN(recall?.lowerBound));
});

Deno.test("the lower bound of independent clips is statsmodels' Wilson interval", () => {
  for (const [hits, of, golden] of goldens.wilson) {
    assert.ok(Math.abs(wilsonLower(hits, of) - golden) < 1e-9, `${hits} of ${of}`);
  }
  assert.throws(() => wilsonLower(0, 0), RangeError);
});

Deno.test("a second counts where half of it is annotated and it has a score", () => {
  const run = { startMs: 10_000, scores: Float64Array.of(0.1, NaN, 0.3, 0.4, 0.5) };
  const covered = [{ startMs: 10_000, stopMs: 13_500 }, { startMs: 14_600, stopMs: 15_000 }];
  const { scores, secondMs } = secondItems([run], [], covered, 0);
  assert.deepEqual([...scores], [0.1, 0.3, 0.4]);
  assert.deepEqual([...secondMs], [10_000, 12_000, 13_000]);
});

Deno.test("an annotated hour counts as one hour, wherever the windows that hear it begin", () => {
  for (const shiftMs of [0, 456, 1456, 1600, 2000]) {
    const run = { startMs: 0, scores: new Float64Array(3 * 3600) };
    const { secondMs } = secondItems(
      [run],
      [],
      [{ startMs: 3_600_000, stopMs: 7_200_000 }],
      shiftMs,
    );
    assert.equal(secondMs.length, 3600);
    assert.ok(secondMs.every((ms) => Math.floor(ms / 3_600_000) === 1), `${shiftMs}`);
  }
});

Deno.test("a bout shows in the scores whose windows are centred on it", () => {
  const run = { startMs: 0, scores: new Float64Array(60) };
  run.scores.fill(0.9, 20, 30);
  const bouts = [{ startMs: 21_456, stopMs: 31_456 }];
  const covered = [{ startMs: 0, stopMs: 60_000 }];
  const { positive } = secondItems([run], bouts, covered, 1456);
  assert.deepEqual(positive.map((value, bin) => value ? bin : -1).filter((bin) => bin >= 0), [
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
  ]);
  const options = { thresholds: [0.5, 0.95], gapSeconds: 10, minSeconds: 3, collarMs: 1000 };
  const [low, high] = thresholdTable([run], bouts, covered, { ...options, shiftMs: 1456 });
  assert.deepEqual([low.seconds.f1, low.events.f1, low.recall, low.falsePerHour], [1, 1, 1, 0]);
  assert.equal(high.seconds.recall, 0);
});
