import assert from "node:assert/strict";
import { averagePrecision } from "../../../analysis/evaluation/mod.ts";

Deno.test("average precision is scikit-learn's, ties taken together", () => {
  // sklearn.metrics.average_precision_score, scikit-learn 1.9
  const cases: [number[], number[], number][] = [
    [[0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], 0.8333333333333333],
    [[0.5, 0.5, 0.5, 0.2], [1, 0, 1, 1], 0.6944444444444444],
    [[1, 1, 1], [0, 1, 0], 0.3333333333333333],
  ];
  for (const [scores, truth, expected] of cases) {
    const found = averagePrecision(scores, truth.map((value) => value === 1));
    assert.ok(Math.abs(found - expected) < 1e-12, `${found} is not ${expected}`);
  }
});

Deno.test("average precision of no positives is NaN, and NaN scores are refused", () => {
  assert.ok(Number.isNaN(averagePrecision([0.5], [false])));
  assert.throws(() => averagePrecision([NaN], [true]), /item 0: its score is NaN/);
  assert.throws(() => averagePrecision([1], []), /1 scores with 0 truths/);
});
