import assert from "node:assert/strict";
import { aroundSun, byHourOfDay, byLight, normalisedByDay } from "../../../analysis/diel/mod.ts";
import { solarAltitude } from "../../../analysis/sun/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const MARS = { latitude: 36.7128, longitude: -122.186 };
const START_MS = Date.UTC(2016, 10, 1);
const altitude = solarAltitude(MARS);

/** Minutes with song for as long as the sun is below −12°, for 40 days. */
const nights = presenceTable(
  START_MS,
  40 * 1440,
  60,
  (ms) => [60, altitude(ms + 30_000) < -12 ? 60 : 0],
);

Deno.test("song at night only fills the night and nothing else, to the minute", () => {
  const light = byLight(nights, MARS);
  assert.ok(light.get("occupancy", 0) as number > 0.999);
  assert.ok(light.get("share_of_song", 0) as number > 0.998);
  assert.ok(light.get("occupancy", 2) === 0);
  const shares = light.array("share_of_song") as number[];
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
});

Deno.test("a place without night has no share or occupancy of it, and polar night no day", () => {
  const june = presenceTable(Date.UTC(2016, 5, 1), 24 * 40, 3600, () => [3600, 36]);
  const light = byLight(june, { latitude: 70, longitude: 20 });
  assert.equal(light.get("possible_s", 0), 0);
  assert.ok(Number.isNaN(light.get("occupancy", 0)));
  assert.ok(Number.isNaN(light.get("share_of_song", 0)));
  assert.equal(light.get("share_of_song", 2), 1);
  assert.equal(light.get("occupancy_trust", 0), "descriptive");
});

Deno.test("where the day was never heard, no share of song is given, and months without it count for none", () => {
  const heardBy = (cells: number, heard: (ms: number) => boolean) =>
    byLight(
      presenceTable(START_MS, cells, 60, (ms) => heard(ms) ? [60, 30] : [0, 0]),
      MARS,
    );
  const dark = (ms: number): boolean => altitude(ms) < -0.833 && altitude(ms + 60_000) < -0.833;
  const nightly = heardBy(30 * 1440, dark);
  assert.equal(nightly.get("occupancy", 0), 0.5);
  assert.ok((nightly.array("share_of_song") as number[]).every(Number.isNaN));
  // In November the days went unheard, in December not: the shares are December's.
  const later = heardBy(61 * 1440, (ms) => ms >= Date.UTC(2016, 11, 1) || dark(ms));
  const shares = later.array("share_of_song") as number[];
  const december = byLight(
    presenceTable(Date.UTC(2016, 11, 1), 31 * 1440, 60, () => [60, 30]),
    MARS,
  ).array("share_of_song") as number[];
  for (const [i, share] of shares.entries()) assert.ok(Math.abs(share - december[i]) < 1e-9);
});

Deno.test("each day's own level goes out, and days that were half heard with it", () => {
  const sings = (ms: number): number => altitude(ms + 30_000) < -12 ? 60 : 0;
  const table = normalisedByDay(nights, MARS);
  assert.equal(table.get("days", 0), 40);
  const night = table.get("difference", 0) as number;
  assert.ok(night > 0.45 && night < 0.52, `${night}`);
  // Of ten days the first twenty hours, which hold the night, went unheard.
  const partly = presenceTable(START_MS, 40 * 1440, 60, (ms) => {
    const unheard = ms < START_MS + 10 * 86_400_000 && new Date(ms).getUTCHours() < 20;
    return unheard ? [0, 0] : [60, sings(ms)];
  });
  assert.equal(normalisedByDay(partly, MARS).get("days", 0), 30);
});

Deno.test("song that follows the sun turns on at sunset, whatever the clock says", () => {
  const follows = presenceTable(
    START_MS,
    40 * 1440,
    60,
    (ms) => [60, altitude(ms + 30_000) < -0.833 ? 30 : 0],
  );
  const steps = aroundSun(follows, MARS, { event: "sunset", hours: 1, stepMinutes: 15 });
  const proportions = steps.array("proportion") as number[];
  assert.deepEqual(steps.array("minutes"), [-60, -45, -30, -15, 0, 15, 30, 45]);
  assert.ok(proportions.slice(0, 4).every((value) => value < 0.01));
  assert.ok(proportions.slice(4).every((value) => value > 0.49));
  assert.ok((steps.array("days") as number[]).every((days) => days === 40 || days === 41));
  assert.throws(
    () => aroundSun(follows, MARS, { event: "sunrise", hours: 1, stepMinutes: 7 }),
    /steps must part/,
  );
});

Deno.test("hours of the solar day put noon where the sun is highest", () => {
  const noon = presenceTable(
    START_MS,
    40 * 1440,
    60,
    (ms) => [60, Math.floor(((ms / 3_600_000 - 122.186 / 15) % 24 + 24) % 24) === 12 ? 60 : 0],
  );
  const hours = byHourOfDay(noon, { solarAtLongitude: -122.186 });
  assert.ok(hours.get("proportion", 12) as number > 0.98);
  assert.ok(hours.get("proportion", 11) as number < 0.02);
  assert.ok(hours.get("proportion", 13) as number < 0.02);
});
