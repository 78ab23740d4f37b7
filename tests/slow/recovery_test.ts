import assert from "node:assert/strict";
import type { ColumnTable } from "arquero";
import { songNearGaps, songNearMoments } from "../../analysis/artefacts/mod.ts";
import { byHourOfDay, byLight, lightTests, normalisedByDay } from "../../analysis/diel/mod.ts";
import {
  byMonth,
  compareYears,
  proportionOfTime,
  seasonBounds,
  seasonPeak,
} from "../../analysis/season/mod.ts";
import { type Light, LIGHTS, lightSpans } from "../../analysis/sun/mod.ts";
import { type TrueDay, truthOf } from "../../simulation/season/mod.ts";
import { MARS } from "../helpers/simulated_presence.ts";
import { simulatedMinutes } from "./simulated_minutes.ts";

const SEED = 15;
const months = Array.from({ length: 25 }, (_, month) => Date.UTC(2015, 7 + month));
const [START_MS, STOP_MS] = [months[0], months[24]];
/** Ships that the detector takes for song add about this to any proportion of time. */
const SHIPS = 0.004;

const presence = await simulatedMinutes(SEED, months);
const { days } = truthOf({ site: MARS, seed: SEED }, START_MS, STOP_MS);

const all = (of: Record<Light, number>): number =>
  LIGHTS.reduce((sum, light) => sum + of[light], 0);
const total = (some: readonly TrueDay[], value: (day: TrueDay) => number): number =>
  some.reduce((sum, day) => sum + value(day), 0);
const expected = (some: readonly TrueDay[]): number =>
  total(some, (day) => all(day.expectedSong)) / total(some, (day) => all(day.seconds));
const value = (table: ColumnTable, name: string, row: number): number =>
  table.get(name, row) as number;

/** That a truth lies within a row's interval, but for what ships add. */
function within(truth: number, table: ColumnTable, row: number, low = "low", high = "high"): void {
  const [from, to] = [value(table, low, row) - SHIPS, value(table, high, row)];
  assert.ok(from <= truth && truth <= to, `row ${row}: ${truth} is not in ${from} to ${to}`);
}

Deno.test("the simulated proportion of time with song comes back within its interval", () => {
  within(expected(days), proportionOfTime(presence), 0);
});

Deno.test("the simulated light classes come back: occupancy, share of song, each day's own level taken out", () => {
  const [light, normal] = [byLight(presence, MARS), normalisedByDay(presence, MARS)];
  const sung = total(days, (day) => all(day.expectedSong));
  for (const [row, name] of LIGHTS.entries()) {
    const song = total(days, (day) => day.expectedSong[name]);
    within(
      song / total(days, (day) => day.seconds[name]),
      light,
      row,
      "occupancy_low",
      "occupancy_high",
    );
    within(song / sung, light, row, "share_low", "share_high");
    const level = total(days, ({ expectedSong, seconds }) => expectedSong[name] / seconds[name]);
    within(level / days.length, light, row, "same_days_low", "same_days_high");
    const apart = total(
      days,
      ({ expectedSong, seconds }) =>
        expectedSong[name] / seconds[name] - all(expectedSong) / 86_400,
    );
    within(apart / days.length, normal, row);
  }
});

Deno.test("night and day differ on the same days by as much as was put in", () => {
  const weight = ({ seconds: { night, day } }: TrueDay): number => night * day / (night + day);
  const apart = total(days, (one) => {
    const { expectedSong, seconds } = one;
    return weight(one) * (expectedSong.night / seconds.night - expectedSong.day / seconds.day);
  });
  const tests = lightTests(presence, MARS);
  within(apart / total(days, weight), tests, 0);
  assert.ok(value(tests, "p_holm", 0) < 0.01);
});

Deno.test("the simulated months come back: what was sung closely, what was to be expected within the intervals", () => {
  const table = byMonth(presence);
  let [inside, intervals] = [0, 0];
  for (let row = 0; row < 24; row++) {
    const month = new Date(months[row]).toISOString().slice(0, 7);
    const some = days.filter(({ date }) => date.startsWith(month));
    const sung = total(some, (day) => all(day.song)) / (some.length * 86_400);
    const found = value(table, "proportion", row);
    const unheard = 1 - value(table, "coverage", row);
    assert.ok(
      Math.abs(found - sung) < SHIPS + 0.003 + 0.5 * unheard,
      `${month}: ${found}, ${sung}`,
    );
    // Months with song on fewer than three days have no interval.
    if (table.get("trust", row) === "descriptive") continue;
    intervals++;
    const truth = expected(some);
    if (value(table, "low", row) - SHIPS <= truth && truth <= value(table, "high", row)) inside++;
  }
  assert.ok(intervals >= 16 && inside >= 0.88 * intervals, `${inside} of ${intervals} months`);
});

Deno.test("the simulated hours of the solar day come back within their intervals", () => {
  const table = byHourOfDay(presence, { solarAtLongitude: MARS.longitude });
  const song = new Float64Array(24);
  const seconds = new Float64Array(24);
  for (const { startMs, stopMs, light } of lightSpans(MARS, START_MS, STOP_MS)) {
    for (let ms = startMs; ms < stopMs; ms += 60_000) {
      const day = days[Math.floor((ms - START_MS) / 86_400_000)];
      const hour = Math.floor(((ms / 3_600_000 + MARS.longitude / 15) % 24 + 24) % 24);
      song[hour] += day.expectedSong[light] / day.seconds[light];
      seconds[hour]++;
    }
  }
  for (let hour = 0; hour < 24; hour++) within(song[hour] / seconds[hour], table, hour);
});

Deno.test("the simulated second year is as much stronger as was put in, and seasons begin, peak and end when they do", () => {
  const years = compareYears(presence);
  within(
    expected(days.slice(366)) / expected(days.slice(0, 366)),
    years,
    0,
    "quotient_low",
    "quotient_high",
  );
  const [bounds, peak] = [seasonBounds(presence), seasonPeak(presence)];
  for (const [row, year] of [2015, 2016].entries()) {
    const date = (table: ColumnTable, name: string): Date => table.get(name, row) as Date;
    assert.ok(date(bounds, "first") >= new Date(Date.UTC(year, 8, 1)));
    assert.ok(date(bounds, "first") < new Date(Date.UTC(year, 9, 15)));
    assert.ok(date(bounds, "last") > new Date(Date.UTC(year + 1, 3, 1)));
    assert.ok(date(bounds, "last") < new Date(Date.UTC(year + 1, 5, 1)));
    assert.ok(date(peak, "middle") > new Date(Date.UTC(year, 10, 10)));
    assert.ok(date(peak, "middle") < new Date(Date.UTC(year + 1, 0, 1)));
  }
});

Deno.test("simulated song follows neither the files' borders nor the recorder's pauses", () => {
  const midnights = days.map(({ date }) => new Date(date));
  for (const table of [songNearMoments(presence, midnights), songNearGaps(presence)]) {
    assert.ok(value(table, "near_effort_s", 0) > 10_000);
    const [low, high] = [value(table, "low", 0), value(table, "high", 0)];
    assert.ok(low <= 0 && 0 <= high, `${low} to ${high}`);
  }
});
