import assert from "node:assert/strict";
import { addHarmonics } from "../../../simulation/ocean/tones.ts";
import { STEP_SAMPLES } from "../../../simulation/ocean/voice.ts";

Deno.test("addHarmonics() equals the sum of its sines", () => {
  const steps = 6;
  const turn = 0.0123; // cycles a sample
  const amplitudes = [1, 0.5, 0, 0.25];
  const cycles = Float64Array.from({ length: steps + 1 }, (_, i) => 1e5 + i * STEP_SAMPLES * turn);
  const gains = Float64Array.from({ length: steps + 1 }, (_, i) => i / steps);
  const out = new Float32Array(steps * STEP_SAMPLES);
  addHarmonics(out, cycles, gains, amplitudes);
  out.forEach((sample, n) => {
    const phase = 2 * Math.PI * (1e5 + n * turn);
    const sum = amplitudes.reduce((all, a, k) => all + a * Math.sin((k + 1) * phase), 0);
    assert.ok(Math.abs(sample - (n / out.length) * sum) < 1e-5);
  });
});

Deno.test("addHarmonics() adds to what is there", () => {
  const out = new Float32Array(STEP_SAMPLES).fill(2);
  addHarmonics(out, Float64Array.of(0, 4), Float64Array.of(0, 0), [1]);
  assert.ok(out.every((sample) => sample === 2));
});
