import assert from "node:assert/strict";
import fc from "fast-check";
import { nightRects, sunLines } from "../../../analysis/charts/shading.ts";
import { solarAltitude } from "../../../analysis/sun/mod.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2021, 2, 18);

const latitude = fc.double({ min: -65, max: 65, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const offset = fc.integer({ min: -12, max: 14 });

Deno.test("an instant is shaded where the sun is below the horizon, whatever the clock", () => {
  const minute = fc.integer({ min: 0, max: 3 * 1440 - 1 });
  fc.assert(fc.property(latitude, longitude, offset, minute, (latitude, longitude, hours, at) => {
    const place = { latitude, longitude };
    const ms = START_MS + at * 60_000;
    const altitude = solarAltitude(place)(ms);
    if (Math.abs(altitude + 0.833) < 0.05) return;
    const clockMs = ms + hours * HOUR_MS;
    const day = Math.floor(clockMs / DAY_MS) * DAY_MS;
    const hour = (clockMs - day) / HOUR_MS;
    const shaded = nightRects(place, START_MS, START_MS + 3 * DAY_MS, hours)
      .some(({ x, y, y2 }) => x === day && hour >= y && hour < y2);
    assert.equal(shaded, altitude < -0.833);
  }));
});

Deno.test("polar night is shaded all day, polar day not at all", () => {
  const south = { latitude: -75, longitude: 0 };
  const [june, december] = [Date.UTC(2021, 5, 20), Date.UTC(2021, 11, 20)];
  assert.deepEqual(nightRects(south, june, june + DAY_MS), [
    { x: june, x2: june + DAY_MS, y: 0, y2: 24 },
  ]);
  assert.deepEqual(nightRects(south, december, december + DAY_MS), []);
  assert.deepEqual(sunLines(south, june, june + DAY_MS), []);
});

Deno.test("the lines of sunrise and sunset break at midnight and over polar days", () => {
  const year = [Date.UTC(2021, 0), Date.UTC(2022, 0)] as const;
  const parts = (place: { latitude: number; longitude: number }): number =>
    new Set(sunLines(place, ...year).map(({ part }) => part)).size;
  assert.equal(parts({ latitude: 0, longitude: 0 }), 2);
  // Sunrise at 60 degrees north moves by more than 6 h over the year, yet never jumps.
  assert.equal(parts({ latitude: 60, longitude: 0 }), 2);
  assert.ok(parts({ latitude: 75, longitude: 0 }) > 2);
  // Sunset near midnight UTC, as on the coast of America, comes to both ends of the day.
  assert.ok(parts({ latitude: 36.7, longitude: -90 }) > 2);
});
