import assert from "node:assert/strict";
import {
  bandRms,
  ColouredNoise,
  highPass,
  LEAD_SAMPLES,
  lowPass,
  slope,
} from "../../../simulation/ocean/noise.ts";

const RATE_HZ = 16_000;

Deno.test("slope() falls evenly by what it is asked for", () => {
  const sections = slope(30, 5, RATE_HZ);
  const octave = (hertz: number): number =>
    // power density, so that 0 dB is white
    20 * Math.log10(bandRms(sections, hertz, 2 * hertz, RATE_HZ) / Math.sqrt(hertz));
  for (const hertz of [100, 200, 400, 800, 1600]) {
    const fallDb = octave(hertz) - octave(2 * hertz);
    assert.ok(Math.abs(fallDb - 5) < 1, `${fallDb} dB from ${hertz} Hz on`);
  }
});

Deno.test("bandRms() of a whole band adds up from its parts", () => {
  const sections = [highPass(1000, RATE_HZ)];
  const parts = Math.hypot(
    bandRms(sections, 0, 3000, RATE_HZ),
    bandRms(sections, 3000, 8000, RATE_HZ),
  );
  assert.ok(Math.abs(parts - bandRms(sections, 0, 8000, RATE_HZ)) < 1e-5);
});

Deno.test("ColouredNoise has RMS 1 and joins its cells without a seam", () => {
  const noise = new ColouredNoise(9, [lowPass(200, RATE_HZ)], RATE_HZ);
  const before = noise.cell(4).slice();
  const after = noise.cell(5).slice();
  const power = before.reduce((sum, x) => sum + x * x, 0) / before.length;
  assert.ok(Math.abs(power - 1) < 0.2, `power ${power}`);
  // what leads in to a cell is the end of the one before it
  const end = before.subarray(before.length - LEAD_SAMPLES);
  for (let i = 0; i < LEAD_SAMPLES; i++) assert.ok(Math.abs(end[i] - after[i]) < 1e-5);
});
