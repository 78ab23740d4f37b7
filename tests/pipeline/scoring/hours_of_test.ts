import assert from "node:assert/strict";
import { hoursOf } from "../../../pipeline/scoring/mod.ts";
import type { AbsentRecording } from "../../../pipeline/timeline/mod.ts";
import { memoryCatalogue } from "../../helpers/memory_catalogue.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2021, 0, 1, 10);

function lost(hour: number, stopHour?: number): AbsentRecording {
  const startMs = START_MS + hour * HOUR_MS;
  const stop = stopHour === undefined ? {} : { stopMs: START_MS + stopHour * HOUR_MS };
  return { uri: `memory:///${hour}.wav`, startMs, ...stop, kind: "unreadable", reason: "It is." };
}

Deno.test("hours reach to recordings before the first and after the last that can't be had", () => {
  const samples = new Float32Array(16_000);
  const file = { name: "a.wav", startMs: START_MS, sampleRateHz: 16_000, samples };
  const hoursWith = (...absent: AbsentRecording[]): number[] =>
    hoursOf({ ...memoryCatalogue([file]), absent }).map((ms) => (ms - START_MS) / HOUR_MS);
  assert.deepEqual(hoursWith(), [0]);
  assert.deepEqual(hoursWith(lost(-2)), [-2, -1, 0]);
  assert.deepEqual(hoursWith(lost(1), lost(0.5)), [0, 1]);
  assert.deepEqual(hoursWith(lost(1, 3)), [0, 1, 2]);
});
