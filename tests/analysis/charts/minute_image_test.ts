import assert from "node:assert/strict";
import { decode } from "fast-png";
import { minuteImage } from "../../../analysis/charts/mod.ts";

const DAY_MS = 86_400_000;
const DAYS = 3;
const MINUTES = 1440;

/** The colour of a minute of a day, `[r, g, b]`. */
function pixelsOf(url: string): (day: number, minute: number) => number[] {
  const { data, width, height } = decode(Uint8Array.fromBase64(url.slice(url.indexOf(",") + 1)));
  assert.deepEqual([width, height], [DAYS, MINUTES]);
  return (day, minute) => {
    const at = ((MINUTES - 1 - minute) * DAYS + day) * 3;
    return Array.from(data.slice(at, at + 3));
  };
}

Deno.test("in the picture of a year, what was not heard is grey, never white and never song", () => {
  const effort = new Float64Array(DAYS * MINUTES).fill(60);
  const positive = new Float64Array(DAYS * MINUTES);
  effort.fill(0, 100, 200);
  positive.fill(60, 300, 400);
  // Scores begin on the second day: the first was not heard at all.
  const url = minuteImage({ startMs: DAY_MS, effort, positive }, 0, DAYS * DAY_MS, (ms) => {
    return ms % DAY_MS >= DAY_MS / 2;
  });
  const pixel = pixelsOf(url);
  for (let minute = 0; minute < MINUTES; minute++) {
    for (const [red, green, blue] of [pixel(0, minute), pixel(1, 100 + minute % 100)]) {
      assert.ok(red === green && green === blue && red < 210);
    }
  }
  for (let minute = 300; minute < 400; minute++) assert.deepEqual(pixel(1, minute), [0, 38, 61]);
  assert.deepEqual(pixel(1, 500), [255, 255, 255]);
  assert.deepEqual(pixel(1, 1000), [220, 224, 236]);
});
