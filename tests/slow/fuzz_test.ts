import assert from "node:assert/strict";
import { fuzz, tryKnown } from "../fuzz/run_target.ts";
import { TARGETS } from "../fuzz/targets/mod.ts";

/** Inputs of a target, some seconds' worth; `deno task fuzz` gives more. */
const INPUTS: Readonly<Record<string, number>> = {
  archive: 500,
  csv: 5000,
  description: 20_000,
  manifest: 10_000,
  onnx: 100_000,
  parquet: 5000,
  slurm: 2000,
};
const SEED = 1;

for (const [name, target] of Object.entries(TARGETS)) {
  const inputs = INPUTS[name] ?? 10_000;
  Deno.test(`${inputs} damaged inputs, and those of old finds, break no promise of the reader of ${name}`, async () => {
    await tryKnown(name, target);
    const { taken, refused } = await fuzz(target, SEED, (count) => count >= inputs);
    // The damage is neither so light nor so heavy that one of the ends is hardly tried.
    assert.ok(taken > inputs / 200, `${taken} taken`);
    assert.ok(refused > inputs / 10 || name === "slurm", `${refused} refused`);
  });
}
