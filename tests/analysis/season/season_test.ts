import assert from "node:assert/strict";
import {
  byMonth,
  byWeek,
  compareYears,
  effortBy,
  monthByHour,
  proportionOfTime,
  seasonBounds,
  seasonPeak,
  weeksOverYears,
} from "../../../analysis/season/mod.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const DAY_MS = 86_400_000;
const days = (ms: number): number => Math.floor(ms / DAY_MS);

/** Hours of some years from August 2015 on, by a rule. */
const years = (count: number, rule: (ms: number) => [number, number]) =>
  presenceTable(Date.UTC(2015, 7, 1), 24 * Math.round(365.25 * count), 3600, rule);

/** Song for ten minutes of each hour from November to January, by years twice as much. */
const winters = years(2, (ms) => {
  const date = new Date(ms);
  const sings = [10, 11, 0].includes(date.getUTCMonth());
  return [3600, sings ? ms < Date.UTC(2016, 7, 1) ? 600 : 1200 : 0];
});

Deno.test("a month or week without effort has no proportion: it is not silent", () => {
  const presence = years(0.5, (ms) => new Date(ms).getUTCMonth() === 8 ? [0, 0] : [3600, 900]);
  const months = byMonth(presence);
  assert.equal(months.get("proportion", 0), 0.25);
  assert.ok(Number.isNaN(months.get("proportion", 1)));
  assert.equal(months.get("coverage", 1), 0);
  assert.equal(months.get("trust", 1), "descriptive");
  const weeks = byWeek(presence);
  assert.ok((weeks.array("proportion") as number[]).some(Number.isNaN));
  assert.ok((weeks.array("trust") as string[]).every((trust) => trust === "descriptive"));
  assert.equal(proportionOfTime(presence).get("proportion", 0), 0.25);
});

Deno.test("a month of which only quiet hours were heard does not make a quiet month of the rest", () => {
  // Song in half of the hours; in September most of the loud ones were not heard.
  const presence = years(0.25, (ms) => {
    const loud = new Date(ms).getUTCHours() < 12;
    const heard = !(loud && new Date(ms).getUTCMonth() === 8 && days(ms) % 4 > 0);
    return heard ? [3600, loud ? 1800 : 0] : [0, 0];
  });
  const september = byMonth(presence).object(1) as Record<string, number>;
  assert.ok(Math.abs(september.proportion - 0.25) < 1e-12);
  assert.ok(september.naive < 0.12, `naively ${september.naive}`);
});

Deno.test("first and last song need a second day within a week, and say what went unheard before", () => {
  const singing = new Set(
    [[9, 3], [9, 20], [9, 22], [11, 5], [12, 30]].map(([month, day]) =>
      days(Date.UTC(2015, month - 1, day))
    ),
  );
  const unheard = new Set([18, 19].map((day) => days(Date.UTC(2015, 8, day))));
  const presence = years(1, (ms) => {
    if (unheard.has(days(ms))) return [0, 0];
    return [3600, singing.has(days(ms)) ? 360 : 0];
  });
  const bounds = seasonBounds(presence).object(0) as Record<string, unknown>;
  assert.equal(bounds.season, "2015/16");
  assert.deepEqual(bounds.first, new Date("2015-09-20"));
  assert.deepEqual(bounds.last, new Date("2015-09-22"));
  assert.equal(bounds.days_with_song, 2);
  assert.equal(bounds.unheard_before_first, 2);
  assert.equal(bounds.unheard_after_last, 0);
  const silent = seasonBounds(years(1, () => [3600, 0])).object(0) as Record<string, unknown>;
  assert.ok(silent.first === null && silent.to_95 === null);
});

Deno.test("the peak is the loudest stretch that was heard, and none where nothing was", () => {
  const from = Date.UTC(2015, 10, 10);
  const presence = years(1, (ms) => [3600, ms >= from && ms < from + 30 * DAY_MS ? 1800 : 36]);
  const peak = seasonPeak(presence).object(0) as Record<string, unknown>;
  assert.deepEqual(peak.start, new Date(from));
  assert.deepEqual(peak.stop, new Date(from + 30 * DAY_MS));
  const unheard = seasonPeak(years(1, () => [0, 0])).object(0) as Record<string, unknown>;
  assert.ok(unheard.start === null && Number.isNaN(unheard.proportion));
});

Deno.test("years are compared over the months that both were heard in", () => {
  const whole = compareYears(winters).object(0) as Record<string, number>;
  assert.equal(whole.months, 12);
  assert.ok(Math.abs(whole.quotient - 2) < 0.05, `${whole.quotient}`);
  const half = years(2, (ms) => {
    const november = new Date(ms).getUTCMonth() === 10;
    const first = ms < Date.UTC(2016, 7, 1);
    return november && first ? [0, 0] : [3600, november ? 3600 : 360];
  });
  const compared = compareYears(half).object(0) as Record<string, number>;
  assert.equal(compared.months, 11);
  assert.ok(Math.abs(compared.quotient - 1) < 1e-9);
});

Deno.test("effort is summed by any cell, and season by hour keeps both", () => {
  const presence = years(1, (ms) => [new Date(ms).getUTCHours() < 6 ? 3600 : 1800, 60]);
  assert.equal(effortBy(presence, "hour").numRows(), presence.numRows());
  assert.equal(effortBy(presence, "month").get("coverage", 0), 0.625);
  assert.equal(effortBy(presence, "year").numRows(), 2);
  assert.deepEqual(effortBy(presence, "week").get("start", 1), new Date("2015-08-03"));
  assert.deepEqual(
    (effortBy(presence, "hour of day").array("coverage") as number[]).slice(5, 7),
    [1, 0.5],
  );
  const grid = monthByHour(presence);
  assert.equal(grid.numRows(), 12 * 24);
  assert.equal(grid.get("proportion", 5), 60 / 3600);
  assert.equal(grid.get("proportion", 6), 60 / 1800);
});

Deno.test("each hour of each month has an interval where it varies, and none where it was not heard", () => {
  const grid = monthByHour(years(1, (ms) => {
    const [hour, month] = [new Date(ms).getUTCHours(), new Date(ms).getUTCMonth()];
    return month === 8 && hour === 3 ? [0, 0] : [3600, hour < 6 ? days(ms) % 7 * 100 : 0];
  })).objects() as {
    start: Date;
    hour: number;
    proportion: number;
    low: number;
    high: number;
    trust: string;
  }[];
  for (const { start, hour, proportion, low, high, trust } of grid) {
    if (hour < 6 && !(hour === 3 && start.getUTCMonth() === 8)) {
      assert.equal(trust, "approximate");
      assert.ok(low > 0 && low < proportion && proportion < high && high < 0.2);
    } else assert.ok(trust === "descriptive" && Number.isNaN(low));
  }
});

Deno.test("weeks over years have an interval from five years on, and show the range before", () => {
  const two = weeksOverYears(winters).object(48) as Record<string, number>;
  assert.equal(two.years, 2);
  assert.ok(Number.isNaN(two.low) && Math.abs(two.least - 1 / 6) < 1e-9);
  const six = weeksOverYears(years(6, (ms) => [3600, new Date(ms).getUTCFullYear() - 2000]));
  const week = six.object(20) as Record<string, number>;
  assert.ok(week.years === 6 && week.low < week.mean && week.mean < week.high);
});
