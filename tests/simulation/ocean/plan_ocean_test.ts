import assert from "node:assert/strict";
import fc from "fast-check";
import { makeOcean, planOcean } from "../../../simulation/ocean/mod.ts";

Deno.test("planOcean() draws plans that can be made, with song that never overlaps song", () => {
  const options = fc.record({
    seed: fc.nat(),
    durationSeconds: fc.double({ min: 1, max: 5000, noNaN: true }),
  });
  fc.assert(fc.property(options, ({ seed, durationSeconds }) => {
    const plan = planOcean({ seed, durationSeconds });
    const { truth } = makeOcean({ ...plan, sampleRateHz: 16_000 });
    const song = truth.filter(({ kind }) => kind === "song");
    song.slice(1).forEach(({ startSeconds }, i) => {
      assert.ok(startSeconds - song[i].stopSeconds >= 15);
    });
  }));
});

Deno.test("planOcean() draws the same plan for the same seed, and every kind of sound in time", () => {
  const plan = planOcean({ seed: 8, durationSeconds: 36_000 });
  assert.deepEqual(plan, planOcean({ seed: 8, durationSeconds: 36_000 }));
  const kinds = new Set(plan.events.map(({ kind }) => kind));
  assert.equal(kinds.size, 7);
});
