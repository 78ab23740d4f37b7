import assert from "node:assert/strict";
import { agreementOf, crossCounts, presenceAgreement } from "../../../analysis/evaluation/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";
import golden from "../statistics/goldens.json" with { type: "json" };

Deno.test("Cohen's kappa is scikit-learn's", () => {
  for (const { a, b, kappa } of golden.kappas) {
    assert.ok(Math.abs(agreementOf(crossCounts(a, b)).kappa - kappa) < 1e-12);
  }
});

Deno.test("cells without effort in either are left out, and detections that never differ have no kappa", () => {
  const counts = crossCounts([NaN, 0.7, 0.7], [0.9, NaN, 0.7], { first: 0.5, second: 0.8 });
  assert.deepEqual(counts, { both: 0, firstOnly: 1, secondOnly: 0, neither: 0 });
  assert.ok(Number.isNaN(agreementOf(crossCounts([0, 0], [0, 0])).kappa));
  assert.throws(() => crossCounts([1], []), /1 cells with 0/);
});

Deno.test("two thresholds agree by hours, and their proportions differ by days", () => {
  const hours = (rule: (hour: number) => [number, number]) =>
    presenceTable(0, 24 * 120, 3600, (_, hour) => rule(hour));
  const low = hours((hour) => [3600, 100 + hour % 50 + (hour % 24 === 3 ? 200 : 0)]);
  const high = hours((hour) => [hour % 24 === 5 ? 0 : 3600, hour % 24 === 3 ? 200 + hour % 50 : 0]);
  const row = presenceAgreement(low, high).object(0) as Record<string, number>;
  assert.equal(row.cells, 23 * 120);
  assert.equal(row.both, 120);
  assert.equal(row.first_only, 22 * 120);
  assert.ok(row.difference < -0.02 && row.low < row.difference && row.difference < row.high);
  assert.equal(presenceAgreement(low, low).get("observed", 0), 1);
  const other = presenceTable(0, 24, 3600, () => [3600, 0]);
  assert.throws(() => presenceAgreement(low, other), /2880 of 3600 s, and 24 of 3600 s/);
});
