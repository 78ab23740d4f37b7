import type { ColumnTable } from "arquero";
import { DAY_MS, dayOf, HOUR_MS } from "../../core/mod.ts";
import {
  minuteImage,
  monthHourChart,
  nightRects,
  presenceChart,
  seasonChart,
  seasonsChart,
  yearChart,
} from "../charts/mod.ts";
import type { PresenceColumns } from "../presence/mod.ts";
import {
  byMonth,
  byWeek,
  compareYears,
  monthByHour,
  seasonBounds,
  seasonPeak,
  seasonRanges,
} from "../season/mod.ts";
import { clockOf, firstMonthOf, type ReportInput, subtitleOf } from "./gather.ts";
import { type ReportSection, reportTable } from "./report_model.ts";

/** Makes the section with the long-term plot. */
export function presenceSection(input: ReportInput): ReportSection {
  const presence = input.gathered.hours;
  const subtitle = subtitleOf(input);
  return {
    id: "presence",
    heading: "Song by date and hour",
    charts: [
      presenceChart({
        title: "Song by date and hour of the day",
        subtitle,
        presence,
        place: input.site,
        interactive: true,
      }),
    ],
  };
}

/** Makes the section on when in the year. */
export function seasonSection(input: ReportInput): ReportSection {
  const { hours } = input.gathered;
  const firstMonth = firstMonthOf(input);
  const from = firstMonth === 8 ? "August" : "February";
  const months = byMonth(hours);
  const weeks = byWeek(hours);
  const { clock, name: clockName } = clockOf(input);
  const pairs = compareYears(hours, { firstMonth });
  const tables = [
    reportTable("Months (UTC)", months),
    reportTable(
      `First and last song of each season, from ${from}`,
      seasonBounds(hours, { firstMonth }),
    ),
    reportTable("The 30 days of each season with most song", seasonPeak(hours, { firstMonth })),
    reportTable(
      "Each season beside the one before, over months heard in both",
      pairs,
    ),
    reportTable("Weeks (UTC, from Monday)", weeks),
  ];
  return {
    id: "season",
    heading: "When in the year",
    paragraphs: [
      "Uneven effort is made up for: in the table of months, the plain song of the time heard stands " +
      "beside the share of time with song, and is what would come out otherwise.",
      ...pairs.numRows() === 0 ? [] : [
        "Seasons are compared by an interval. A test (p) is given only where the interval is " +
        "reliable: where days resemble their neighbours, two seasons differ by slow chance too.",
      ],
      ...scheduleParagraphs(hours, pairs),
    ],
    charts: [
      ...seasonRanges(daySpan(hours), firstMonth).length > 1
        ? [
          seasonsChart({
            title: "Seasons on one axis",
            subtitle: subtitleOf(input),
            months,
            firstMonth,
          }),
        ]
        : [],
      ...months.numRows() > 1
        ? [
          monthHourChart({
            title: "Song by month and hour of the day",
            subtitle: subtitleOf(input),
            months: monthByHour(input.gathered.minutes, clock),
            clock: clockName,
          }),
        ]
        : [],
    ],
    folded: {
      summary: "Months with 95 % intervals, and weeks",
      paragraphs: [
        "A month that was recorded in full is a census: the bar is what was detected in it, and needs " +
        "no interval. The interval is for another question: how much song another such month may " +
        "have had. It takes into account how days resemble their neighbours, and is approximate for " +
        "single months (squares). The grey line is weeks.",
      ],
      charts: [
        seasonChart({
          title: "Share of time with song, by months, with 95 % intervals",
          subtitle: subtitleOf(input),
          months,
          weeks,
          intervals: true,
        }),
      ],
    },
    tables: tables.filter(({ rows }) => rows.length > 0),
  };
}

/** Schedules closer than this to each other, or to all of the time, are the same. */
const SAME_SCHEDULE = 0.02;

/** Says what a recorder that slept by a schedule, or by several, can't tell; nothing where none did. */
function scheduleParagraphs(hours: PresenceColumns, pairs: ColumnTable): string[] {
  const { scheduled, cellMs } = hours;
  const planned = scheduled.reduce((sum, seconds) => sum + seconds, 0);
  const all = scheduled.length * cellMs / 1000;
  const sample = planned < (1 - SAME_SCHEDULE) * all
    ? [
      `The recorder slept by a schedule: ${
        percent(planned / all)
      } of the time was to be recorded. ` +
      "A month of it is a sample of that month, and no census.",
    ]
    : [];
  const rows = pairs.objects() as Record<string, unknown>[];
  const different = rows.filter((row) =>
    Math.abs(Number(row.first_scheduled) - Number(row.second_scheduled)) > SAME_SCHEDULE
  ).map((row) =>
    `Seasons ${row.first} and ${row.second} were recorded by different schedules ` +
    `(${percent(Number(row.first_scheduled))} and ${
      percent(Number(row.second_scheduled))
    } of the ` +
    "time), and are not thinned to one. Their proportions of time can be compared; hours or days " +
    "with song can't, nor first and last days, which a longer schedule finds more of."
  );
  return [...sample, ...different];
}

function percent(part: number): string {
  return `${(100 * part).toFixed(0)} %`;
}

/** Makes the pictures of every minute: a season each, all on one axis of months. */
export function yearSection(input: ReportInput): ReportSection {
  const { minutes } = input.gathered;
  const { effort, positive } = minutes;
  const columns = { startMs: minutes.startMs[0], effort, positive };
  const span = daySpan(minutes);
  const { firstDayMs } = span;
  const firstMonth = firstMonthOf(input);
  const seasons = seasonRanges(span, firstMonth);
  const charts = seasons.map(({ season, from, to }) => {
    const [fromMs, toMs] = [from, to].map((day) => firstDayMs + day * DAY_MS);
    const axisFromMs = Date.UTC(Number(season.slice(0, 4)), firstMonth - 1);
    const axisToMs = Date.UTC(Number(season.slice(0, 4)) + 1, firstMonth - 1);
    return yearChart({
      title: `Every minute, season ${season}`,
      subtitle: subtitleOf(input),
      fromMs,
      toMs,
      // A single season may be a few days, which an axis of a year would make too small to see.
      ...seasons.length > 1 ? { axisFromMs, axisToMs } : {},
      image: minuteImage(columns, fromMs, toMs, isNightIn(input, fromMs, toMs)),
    });
  });
  return { id: "minutes", heading: "Every minute", charts };
}

/** Finds the first day of presence, and how many there are. */
function daySpan({ startMs, cellMs }: PresenceColumns): { firstDayMs: number; days: number } {
  const firstDayMs = dayOf(startMs[0]);
  const stopMs = startMs[startMs.length - 1] + cellMs;
  return { firstDayMs, days: Math.ceil((stopMs - firstDayMs) / DAY_MS) };
}

/** Tells whether an instant of a range lies between sunset and sunrise. */
function isNightIn({ site }: ReportInput, fromMs: number, toMs: number): (ms: number) => boolean {
  if (site === undefined) return () => false;
  const nights = new Map<number, [number, number][]>();
  for (const { x, y, y2 } of nightRects(site, fromMs, toMs)) {
    nights.set(x, [...nights.get(x) ?? [], [y, y2]]);
  }
  return (ms) => {
    const day = dayOf(ms);
    const hour = (ms - day) / HOUR_MS;
    return nights.get(day)?.some(([from, to]) => hour >= from && hour < to) ?? false;
  };
}
