import assert from "node:assert/strict";
import fc from "fast-check";
import { SeededRandom } from "../../../core/random.ts";
import { renderUnit } from "../../../simulation/ocean/song.ts";
import { drawUnit } from "../../../simulation/ocean/song_unit.ts";

Deno.test("renderUnit() gives any unit RMS 1 over its duration", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(10_000, 16_000, 48_000), (seed, sampleRateHz) => {
      const unit = drawUnit(new SeededRandom(seed));
      const samples = renderUnit(unit, sampleRateHz);
      const power = samples.reduce((sum, x) => sum + x * x, 0);
      assert.ok(Math.abs(power / (unit.durationSeconds * sampleRateHz) - 1) < 1e-3);
      assert.ok(unit.durationSeconds >= 0.5 && unit.durationSeconds <= 3);
    }),
    { numRuns: 40 },
  );
});
