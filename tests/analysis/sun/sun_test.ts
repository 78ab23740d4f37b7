import assert from "node:assert/strict";
import fc from "fast-check";
import { lightOf, lightSpans, solarAltitude, sunCrossings } from "../../../analysis/sun/mod.ts";
import golden from "./skyfield.json" with { type: "json" };

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2015, 7, 1);
const STOP_MS = Date.UTC(2016, 7, 1);
/** Slower than this the sun grazes a limit, and a hundredth of a degree is many seconds. */
const GRAZING_DEGREES_AN_HOUR = 3;

for (const { name, latitude, longitude, hours, altitudes, crossings } of golden.places) {
  Deno.test(`the sun's altitude at ${name} is Skyfield's within 0.005° over a year`, () => {
    const altitude = solarAltitude({ latitude, longitude });
    for (const [i, hour] of hours.entries()) {
      const found = altitude(START_MS + Math.round(hour * 3_600_000));
      const apart = Math.abs(found - altitudes[i]);
      assert.ok(apart < 0.005, `${apart}° apart at hour ${hour}`);
    }
  });

  Deno.test(`the sun crosses its limits at ${name} when Skyfield says, within 10 s`, () => {
    const altitude = solarAltitude({ latitude, longitude });
    for (const [limit, expected] of Object.entries(crossings)) {
      const found = sunCrossings(altitude, START_MS, STOP_MS, Number(limit));
      assert.equal(found.length, expected.length, `crossings of ${limit}°`);
      for (const [i, [seconds, rising, rate]] of expected.entries()) {
        assert.equal(found[i].rising, rising === 1);
        const apart = Math.abs(found[i].ms / 1000 - seconds);
        if (Math.abs(rate) < GRAZING_DEGREES_AN_HOUR) continue;
        assert.ok(
          apart < 10,
          `${limit}°: ${apart} s apart at ${new Date(found[i].ms)}, ${rate}°/h`,
        );
      }
    }
  });
}

Deno.test("every second's class of light is that of its altitude, at any latitude", () => {
  const latitudes = fc.double({ min: -90, max: 90, noNaN: true });
  const longitudes = fc.double({ min: -180, max: 180, noNaN: true });
  const days = fc.integer({ min: 0, max: 20_000 });
  fc.assert(
    fc.property(latitudes, longitudes, days, (latitude, longitude, day) => {
      const startMs = day * DAY_MS;
      const altitude = solarAltitude({ latitude, longitude });
      const spans = lightSpans({ latitude, longitude }, startMs, startMs + 2 * DAY_MS);
      assert.equal(spans[0].startMs, startMs);
      assert.equal(spans.at(-1)?.stopMs, startMs + 2 * DAY_MS);
      for (const [i, { startMs, stopMs, light }] of spans.entries()) {
        if (i > 0) assert.equal(startMs, spans[i - 1].stopMs);
        for (const part of [0.02, 0.5, 0.98]) {
          const ms = startMs + part * (stopMs - startMs);
          const [before, after] = [altitude(ms - 500), altitude(ms + 500)];
          // Within a thousandth of a limit, or where the sun turns, either side may be right.
          const h = altitude(ms);
          if (Math.min(Math.abs(h + 12), Math.abs(h + 0.833)) < 1e-3) continue;
          if (Math.abs(after - before) < 1e-6) continue;
          assert.equal(lightOf(h, after > before, { day: -0.833, night: -12 }), light);
        }
      }
    }),
    { seed: 7, numRuns: 150 },
  );
});

Deno.test("polar day and polar night have no sunrise, and twilight without a day has both halves", () => {
  const place = { latitude: -70, longitude: -10 };
  const lights = (month: number) =>
    lightSpans(place, Date.UTC(2015, month, 21), Date.UTC(2015, month, 23)).map((span) =>
      span.light
    );
  assert.deepEqual(lights(11), ["day"]);
  assert.deepEqual(new Set(lights(5)), new Set(["night", "dawn", "dusk"]));
  const altitude = solarAltitude(place);
  assert.deepEqual(
    sunCrossings(altitude, Date.UTC(2015, 11, 21), Date.UTC(2015, 11, 23), -0.833),
    [],
  );
});

Deno.test("limits may be moved, and refuse a night above the day", () => {
  const place = { latitude: 36.7128, longitude: -122.186 };
  const nightMs = (night: number) =>
    lightSpans(place, START_MS, START_MS + DAY_MS, { night })
      .filter(({ light }) => light === "night")
      .reduce((sum, span) => sum + span.stopMs - span.startMs, 0);
  assert.ok(nightMs(-6) > nightMs(-12) + 3_600_000);
  assert.throws(() => lightSpans(place, 0, 1, { day: -20 }), /night must end below day/);
  assert.throws(() => solarAltitude({ latitude: 91, longitude: 0 }), /found 91, 0/);
});
