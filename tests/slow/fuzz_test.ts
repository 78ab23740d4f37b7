import assert from "node:assert/strict";
import { fuzz, tryKnown } from "../fuzz/run_target.ts";
import { TARGETS } from "../fuzz/targets/mod.ts";

const SEED = 1;

for (const [name, target] of Object.entries(TARGETS)) {
  const { few } = target;
  Deno.test(`${few} damaged inputs, and those of old finds, break no promise of the reader of ${name}`, async () => {
    await tryKnown(name, target);
    const { taken, refused } = await fuzz(target, SEED, (count) => count >= few);
    // The damage is neither so light nor so heavy that one of the ends is hardly tried.
    assert.ok(taken > few / 200, `${taken} taken`);
    assert.ok(refused > few / 10 || name === "slurm", `${refused} refused`);
  });
}
