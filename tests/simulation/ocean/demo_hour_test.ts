import assert from "node:assert/strict";
import { demoHour, makeOcean } from "../../../simulation/ocean/mod.ts";

Deno.test("the demo's hour has near and far song, a ship, rain and a pure tone", () => {
  const { truth, durationSeconds } = makeOcean({ ...demoHour(), sampleRateHz: 16_000 });
  assert.equal(durationSeconds, 3600);
  const song = truth.filter(({ kind }) => kind === "song");
  assert.equal(song.length, 6);
  const levels = song.map(({ levelDb }) => levelDb);
  assert.ok(Math.max(...levels) - Math.min(...levels) >= 10);
  for (const kind of ["ship", "rain", "tone", "clicks", "rumble", "knocks"]) {
    assert.ok(truth.some((span) => span.kind === kind), kind);
  }
  assert.ok(demoHour().events.some((event) => event.kind === "tone" && event.form === "steady"));
});
