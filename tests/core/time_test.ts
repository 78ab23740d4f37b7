import assert from "node:assert/strict";
import { formatUtc } from "../../core/time.ts";

Deno.test("formatUtc writes milliseconds only where the seconds are not whole", () => {
  assert.equal(formatUtc(Date.UTC(2021, 0, 1, 9, 30)), "2021-01-01T09:30:00Z");
  assert.equal(formatUtc(Date.UTC(2021, 0, 1, 9, 30, 0, 7)), "2021-01-01T09:30:00.007Z");
  assert.equal(formatUtc(-1), "1969-12-31T23:59:59.999Z");
});

Deno.test("formatUtc refuses what is no time, with the value", () => {
  for (const ms of [NaN, 0.5, Infinity, 9e15]) {
    assert.throws(() => formatUtc(ms), new RegExp(`RangeError.*${ms}`));
  }
});
