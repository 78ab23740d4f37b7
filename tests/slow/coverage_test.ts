import assert from "node:assert/strict";
import { measureCoverage } from "../../bench/measure_coverage.ts";

Deno.test("95 % intervals over pairs of years cover the truth at least 88 times in 100, where the day bootstrap fails", () => {
  for (const { truth, what, method, covered, width } of measureCoverage(200, 1)) {
    const found = `${truth}, ${what}, ${method}: ${covered}, width ${width}`;
    if (method === "day bootstrap") assert.ok(covered < 0.7, found);
    else if (what === "one month") assert.ok(covered >= 0.84, found);
    else if (method === "ours") {
      assert.ok(covered >= 0.88 && covered <= 0.99 && width < 1.25, found);
    }
  }
});
