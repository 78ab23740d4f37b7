import assert from "node:assert/strict";
import {
  applyCalibration,
  fitCalibration,
  formatCalibration,
  parseCalibration,
  type SecondItems,
} from "../../../analysis/evaluation/mod.ts";
import { logistic } from "../../../analysis/statistics/mod.ts";
import type { FilteredScores } from "../../../pipeline/bouts/mod.ts";
import { SeededRandom } from "../../helpers/seeded_random.ts";

const HOUR_MS = 3_600_000;
const use: FilteredScores = {
  fingerprint: "ab".repeat(32),
  medianSeconds: 25,
  edges: "shrink",
};

/** Ten seconds of each of some hours; a bout is there with probability `logistic(a + b·x)`. */
function items(hours: number, a: number, b: number): SecondItems {
  const random = new SeededRandom(4);
  const x = Array.from({ length: hours * 10 }, () => 8 * random.below(1e6) / 1e6 - 4);
  return {
    scores: Float64Array.from(x, logistic),
    positive: x.map((value) => random.below(1e6) / 1e6 < logistic(a + b * value)),
    secondMs: Float64Array.from(x, (_, i) => Math.floor(i / 10) * HOUR_MS + (i % 10) * 1000),
  };
}

Deno.test("a calibration finds the curve that the labels were made with, and says how surely", () => {
  const calibration = fitCalibration(items(400, -1, 1.5), use);
  assert.ok(Math.abs(calibration.intercept + 1) < 0.2);
  assert.ok(Math.abs(calibration.slope - 1.5) < 0.2);
  const { hours, days, seconds, first, last } = calibration.fittedOn;
  assert.deepEqual([hours, days, seconds], [400, 17, 4000]);
  assert.deepEqual([first, last], ["1970-01-01T00:00:00Z", "1970-01-17T15:00:09Z"]);
  assert.ok(calibration.aic.logit < calibration.aic.null);
  assert.ok(calibration.heldOut.expectedCalibrationError < 0.05);
  const probabilities = applyCalibration([0.2, NaN], calibration, use);
  assert.ok(Number.isNaN(probabilities[1]));
  for (const { probability, score, lowerBound } of calibration.thresholds) {
    assert.ok(score !== null && lowerBound !== null);
    const [found] = applyCalibration([score], calibration, use);
    assert.ok(Math.abs(found - probability) < 1e-9);
    assert.ok(lowerBound < probability && lowerBound > probability - 0.1);
  }
});

Deno.test("a calibration survives its file, and a damaged file is refused by field", () => {
  const calibration = fitCalibration(items(200, 0, 1), use);
  const text = formatCalibration(calibration);
  assert.deepEqual(parseCalibration(text, "c.json"), calibration);
  const rejects = (damaged: string, message: RegExp): void => {
    assert.throws(() => parseCalibration(damaged, "c.json"), { name: "MegapteraError", message });
  };
  rejects(text.replace(/"slope": /, '"slope": -'), /c\.json as its field "slope" is wrong/);
  rejects(text.replace("calibration/1", "calibration/2"), /field "format"/);
  rejects(text.slice(0, 40), /c\.json as it is not JSON/);
});

Deno.test("a calibration of other scores, of another median or of other edges is not applied", () => {
  const calibration = fitCalibration(items(200, 0, 1), use);
  const rejects = (other: Partial<FilteredScores>, message: RegExp): void => {
    const run = () => applyCalibration([0.5], calibration, { ...use, ...other });
    assert.throws(run, { name: "MegapteraError", kind: "configuration", message });
  };
  rejects({ medianSeconds: 9 }, /a median of 25 s and these have one of 9 s/);
  rejects({ fingerprint: "cd".repeat(32) }, /fingerprint is abababababab, .* cdcdcdcdcdcd/);
  rejects({ fingerprint: undefined }, /that of these scores unknown/);
  rejects({ edges: "zero" }, /edges "shrink" and these have "zero": use the same --edges/);
});

Deno.test("what can't be trusted is refused with the reason", () => {
  const rejects = (bad: SecondItems, message: RegExp): void => {
    assert.throws(() => fitCalibration(bad, use), {
      name: "MegapteraError",
      kind: "data",
      message,
    });
  };
  const good = items(200, 0, 1);
  rejects(items(199, 0, 1), /200 different hours: there are 199/);
  rejects({ ...good, positive: good.positive.map(() => true) }, /2000 of 2000 have one/);
  rejects({ ...good, positive: [...good.scores].map((score) => score > 0.5) }, /do not overlap/);
  rejects(items(200, 0, -1), /higher scores must mean more bouts: the slope is -/);
  rejects(items(200, 0, 0), /and at least -\d\.\d+ \(one-sided 95 %\)/);
  rejects(items(400, -3, 0.3), /no score reaches a probability of 0\.9/);
});
