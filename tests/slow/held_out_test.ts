import assert from "node:assert/strict";
import { measureHeldOut } from "../../bench/measure_held_out.ts";

Deno.test("the demo detector tells song from noise, ship, rain and tone on held-out ocean", async () => {
  const measured = await measureHeldOut(6);
  assert.ok(measured.averagePrecision > 0.95, `average precision ${measured.averagePrecision}`);
  assert.ok(measured.recall > 0.9, `recall ${measured.recall}`);
  for (const kind of ["nothing but noise", "ship", "rain", "tone"]) {
    const { seconds, mistaken } = measured.withoutSong.get(kind)!;
    assert.ok(mistaken / seconds < 0.05, `${mistaken} of ${seconds} s of ${kind} taken for song`);
  }
});
