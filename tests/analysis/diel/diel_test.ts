import assert from "node:assert/strict";
import type { ColumnTable } from "arquero";
import {
  aroundSun,
  byHourOfDay,
  byLight,
  lightTests,
  normalisedByDay,
} from "../../../analysis/diel/mod.ts";
import { solarAltitude } from "../../../analysis/sun/mod.ts";
import { SeededRandom } from "../../../core/random.ts";
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

/** A year of half-hours with song from November to February, alike in all of a day but for noise. */
function alikeAllDay(
  place: { latitude: number; longitude: number },
  noise: number,
): { light: ColumnTable; tests: ColumnTable } {
  const random = new SeededRandom(7);
  const levels = Float64Array.from({ length: 400 }, () => random.between(100, 1200));
  const year = presenceTable(Date.UTC(2016, 7, 1), 365 * 48, 1800, (ms) => {
    const sings = [10, 11, 0, 1].includes(new Date(ms).getUTCMonth());
    const level = levels[Math.floor((ms - Date.UTC(2016, 7, 1)) / 86_400_000)];
    return [1800, sings ? level + noise * random.between(-1, 1) : 0];
  });
  return { light: byLight(year, place), tests: lightTests(year, place) };
}

Deno.test("song alike in every half-hour of a day, November to February, gives no difference of night and day", () => {
  for (const place of [MARS, { latitude: 65, longitude: -24 }, { latitude: -23, longitude: -42 }]) {
    const { light, tests } = alikeAllDay(place, 100);
    assert.ok((tests.array("p_holm") as number[]).every((p) => p > 0.05));
    const exactly = alikeAllDay(place, 0);
    for (const difference of exactly.tests.array("difference") as number[]) {
      assert.ok(Math.abs(difference) < 1e-12, `${difference}`);
    }
    // All nights of the year together have more song in the north, as nights are long in winter.
    const [night, , day] = light.array("occupancy") as number[];
    assert.ok(place.latitude > 0 ? night > 1.2 * day : night < 0.95 * day, `${night}, ${day}`);
    const same = light.array("same_days") as number[];
    for (const level of same) assert.ok(Math.abs(level / same[0] - 1) < 0.02, `${same}`);
  }
});

Deno.test("each figure of light has a trust of its own, and classes that can't be compared say why", () => {
  const { light } = alikeAllDay(MARS, 100);
  for (const name of ["occupancy", "same_days", "share"]) {
    assert.ok((light.array(`${name}_trust`) as string[]).every((trust) => trust !== undefined));
  }
  assert.ok((light.array("unanswered") as unknown[]).every((why) => why === null));
  const polar = { latitude: 70, longitude: 20 };
  const june = presenceTable(Date.UTC(2016, 5, 1), 24 * 40, 3600, () => [3600, 36]);
  assert.equal(byLight(june, polar).get("unanswered", 0), "not there");
  assert.equal(normalisedByDay(june, polar).get("unanswered", 0), "not there");
  // Night and day are heard on alternate days.
  const alternate = presenceTable(START_MS, 40 * 1440, 60, (ms) => {
    const dark = altitude(ms + 30_000) < -0.833;
    return dark === (Math.floor(ms / 86_400_000) % 2 === 0) ? [60, 30] : [0, 0];
  });
  const night = byLight(alternate, MARS);
  assert.equal(night.get("unanswered", 0), "never on one day");
  assert.ok(Number.isNaN(night.get("same_days", 0)) && night.get("occupancy", 0) === 0.5);
  assert.equal(lightTests(alternate, MARS).get("days", 0), 0);
});
