import assert from "node:assert/strict";
import { SeededRandom } from "../../../core/random.ts";

Deno.test("SeededRandom gives the same numbers for the same keys and others for other keys", () => {
  const draw = (...keys: number[]): number[] => {
    const random = new SeededRandom(...keys);
    return Array.from({ length: 4 }, () => random.uint32());
  };
  assert.deepEqual(draw(7, 1), draw(7, 1));
  const streams = [draw(7, 1), draw(7, 2), draw(8, 1), draw(1, 7), draw(7), draw(7, -1)];
  assert.equal(new Set(streams.flat()).size, 24);
});

Deno.test("SeededRandom gives the numbers that committed checkpoints and tests were made from", () => {
  const random = new SeededRandom(1971, 42);
  assert.deepEqual(Array.from({ length: 3 }, () => random.uint32()), [
    163745261,
    1439461803,
    4117300335,
  ]);
});

Deno.test("SeededRandom's noise has mean 0 and RMS 1, its normal numbers too", () => {
  const count = 100_000;
  const noise = new Float32Array(count);
  new SeededRandom(3).fillNoise(noise, 0, count);
  const random = new SeededRandom(4);
  const normal = Float64Array.from({ length: count }, () => random.gaussian());
  for (const values of [Float64Array.from(noise), normal]) {
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const power = values.reduce((sum, x) => sum + x * x, 0) / count;
    assert.ok(Math.abs(mean) < 0.015, `mean ${mean}`);
    assert.ok(Math.abs(power - 1) < 0.02, `power ${power}`);
  }
});

Deno.test("SeededRandom keeps within the ranges that it is asked for", () => {
  const random = new SeededRandom(5);
  const integers = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    const even = random.between(2, 3);
    const octaves = random.octaves(100, 400);
    assert.ok(even >= 2 && even < 3 && octaves >= 100 && octaves < 400);
    integers.add(random.integer(1, 3));
  }
  assert.deepEqual([...integers].sort(), [1, 2, 3]);
});
