import assert from "node:assert/strict";
import { type ColumnTable, table } from "arquero";
import { gapsByHour, songNearGaps, songNearMoments } from "../../../analysis/artefacts/mod.ts";
import {
  aroundSun,
  byHourOfDay,
  byLight,
  lightTests,
  normalisedByDay,
} from "../../../analysis/diel/mod.ts";
import { presenceAgreement } from "../../../analysis/evaluation/mod.ts";
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
import { SeededRandom } from "../../../core/random.ts";
import { presenceTable } from "../../helpers/presence_table.ts";

const MARS = { latitude: 36.7128, longitude: -122.186 };
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

Deno.test("two seasons are tested only where days are independent, and both schedules are told", () => {
  const random = new SeededRandom(3);
  const level = Float64Array.from({ length: 800 }, () => random.between(0, 1));
  const slow = new Float64Array(800);
  for (let day = 1; day < 800; day++) slow[day] = 0.95 * slow[day - 1] + 0.1 * (level[day] - 0.5);
  const from = Date.UTC(2015, 7, 1);
  const seasons = (of: (day: number) => number) =>
    years(2, (ms) => [3600, 1000 * (2 + of(days(ms - from)))]);
  const independent = compareYears(seasons((day) => level[day])).object(0) as Record<
    string,
    unknown
  >;
  assert.equal(independent.trust, "sound");
  assert.ok((independent.p as number) > 0.01);
  const alike = compareYears(seasons((day) => slow[day])).object(0) as Record<string, unknown>;
  assert.equal(alike.trust, "approximate");
  assert.ok(Number.isNaN(alike.p) && (alike.low as number) < (alike.high as number));
  assert.deepEqual([alike.first_scheduled, alike.second_scheduled], [1, 1]);
  const later = Date.UTC(2016, 7, 1);
  const planned = (ms: number): number => ms < later ? 1200 : 3600;
  const presence = years(2, (ms) => [planned(ms), 300]);
  const starts = presence.array("start") as Date[];
  const scheduled_s = starts.map((start) => planned(Number(start)));
  const pair = compareYears(presence.assign(table({ scheduled_s }))).object(0) as Record<
    string,
    unknown
  >;
  assert.ok(Math.abs((pair.first_scheduled as number) - 1 / 3) < 1e-9);
  assert.equal(pair.second_scheduled, 1);
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

Deno.test("ten minutes of thirty: with the schedule there are bounds and a peak, without it the row says why not", () => {
  const from = Date.UTC(2015, 10, 10);
  const duty = (schedule: boolean) => {
    const cells = 24 * 365;
    const presence = presenceTable(Date.UTC(2015, 7, 1), cells, 3600, (ms) => {
      return [1200, ms >= from && ms < from + 30 * DAY_MS ? 600 : 0];
    });
    return schedule
      ? presence.assign(table({ scheduled_s: new Float64Array(cells).fill(1200) }))
      : presence;
  };
  const [bare, told] = [false, true].map((schedule) => ({
    bounds: seasonBounds(duty(schedule)).object(0) as Record<string, unknown>,
    peak: seasonPeak(duty(schedule)).object(0) as Record<string, unknown>,
    agreement: presenceAgreement(duty(schedule), duty(schedule)).object(0) as Record<
      string,
      unknown
    >,
    coverage: byMonth(duty(schedule)).get("coverage", 0),
  }));
  for (const row of [bare.bounds, bare.peak, bare.agreement]) {
    assert.equal(row.unanswered, "heard too little");
  }
  for (const row of [told.bounds, told.peak, told.agreement]) assert.equal(row.unanswered, null);
  assert.deepEqual(told.bounds.first, new Date(from));
  assert.deepEqual(told.peak.start, new Date(from));
  assert.equal(told.agreement.observed, 1);
  assert.ok(bare.coverage === 1 / 3 && told.coverage === 1);
});

Deno.test("a month has an interval where three days of it have song, and none where fewer have", () => {
  // September has crumbs on every day and song on two, October on three.
  const loud = [[8, 5], [8, 25], [9, 5], [9, 15], [9, 25]].map(([m, d]) =>
    days(Date.UTC(2015, m, d))
  );
  const months = byMonth(years(1, (ms) => {
    const winter = [10, 11, 0].includes(new Date(ms).getUTCMonth());
    return [3600, loud.includes(days(ms)) ? 1200 : winter ? days(ms) % 7 * 200 : days(ms) % 7];
  }));
  assert.deepEqual((months.array("trust") as string[]).slice(1, 4), [
    "descriptive",
    "approximate",
    "approximate",
  ]);
  assert.ok(Number.isNaN(months.get("high", 1)) && months.get("high", 2) as number > 0.03);
});

Deno.test("a season without song has no peak, one unheard neither, and a week of it none", () => {
  assert.equal(seasonPeak(years(1, () => [3600, 0])).get("unanswered", 0), "no song");
  assert.equal(seasonPeak(years(1, () => [0, 0])).get("unanswered", 0), "not heard");
  assert.equal(seasonBounds(years(1, () => [0, 0])).get("unanswered", 0), "not heard");
  const once = years(1, (ms) => [3600, days(ms) === days(Date.UTC(2015, 9, 3)) ? 1800 : 0]);
  assert.equal(seasonBounds(once).get("unanswered", 0), "too little song");
  assert.equal(seasonBounds(years(1, () => [3600, 0])).get("unanswered", 0), "no song");
  const week = presenceTable(Date.UTC(2015, 10, 1), 24 * 7, 3600, () => [3600, 60]);
  assert.equal(seasonPeak(week).get("unanswered", 0), "too short");
});

Deno.test("the days by which 5 and 95 % had been sung lie from the first day of song to the last", () => {
  // Ships on single days of autumn make up most of all song.
  const song = [Date.UTC(2016, 0, 10), Date.UTC(2016, 0, 13), Date.UTC(2016, 0, 16)].map(days);
  const ships = [Date.UTC(2015, 8, 1), Date.UTC(2015, 9, 1), Date.UTC(2016, 5, 1)].map(days);
  const bounds = seasonBounds(years(1, (ms) => {
    return [3600, ships.includes(days(ms)) ? 3000 : song.includes(days(ms)) ? 300 : 0];
  })).object(0) as Record<string, Date>;
  assert.deepEqual(bounds.first, new Date("2016-01-10"));
  assert.deepEqual(bounds.from_5, bounds.first);
  assert.deepEqual(bounds.to_95, bounds.last);
  assert.deepEqual(bounds.last, new Date("2016-01-16"));
});

Deno.test("a table of one cell works everywhere where it says how long it is, and nowhere where it doesn't", () => {
  const start = [new Date("2015-11-01T10:00Z")];
  const columns = { start, effort_s: [3600], call_s: [900] };
  const one = table({ ...columns, stop: [new Date("2015-11-01T11:00Z")] });
  const bare = table(columns);
  const analyses: ((presence: ColumnTable) => ColumnTable)[] = [
    proportionOfTime,
    byMonth,
    byWeek,
    compareYears,
    monthByHour,
    seasonBounds,
    seasonPeak,
    weeksOverYears,
    (presence) => effortBy(presence, "hour"),
    byHourOfDay,
    (presence) => byLight(presence, MARS),
    (presence) => lightTests(presence, MARS),
    (presence) => normalisedByDay(presence, MARS),
    (presence) => aroundSun(presence, MARS, { event: "sunset", stepMinutes: 60 }),
    (presence) => presenceAgreement(presence, presence),
    gapsByHour,
    (presence) => songNearMoments(presence, start),
    songNearGaps,
  ];
  for (const analyse of analyses) {
    analyse(one);
    assert.throws(() => analyse(bare), /single cell without a column "stop"/);
  }
  assert.equal(proportionOfTime(one).get("proportion", 0), 0.25);
  assert.equal(effortBy(one, "hour").get("coverage", 0), 1);
});
