import { presenceChart, seasonChart } from "../charts/mod.ts";
import { byMonth, byWeek, compareYears, seasonBounds, seasonPeak } from "../season/mod.ts";
import { firstMonthOf, type ReportInput, subtitleOf } from "./report_input.ts";
import type { ReportSection } from "./report_model.ts";
import { reportTable } from "./report_table.ts";

/** The long-term plot. */
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

/** When in the year. */
export function seasonSection(input: ReportInput): ReportSection {
  const { hours } = input.gathered;
  const firstMonth = firstMonthOf(input);
  const from = firstMonth === 8 ? "August" : "February";
  const months = byMonth(hours);
  const weeks = byWeek(hours);
  const tables = [
    reportTable("Months (UTC)", months),
    reportTable(
      `First and last song of each season, from ${from}`,
      seasonBounds(hours, { firstMonth }),
    ),
    reportTable("The 30 days of each season with most song", seasonPeak(hours, { firstMonth })),
    reportTable(
      "Each season beside the one before, over months heard in both",
      compareYears(hours, { firstMonth }),
    ),
    reportTable("Weeks (UTC, from Monday)", weeks),
  ];
  return {
    id: "season",
    heading: "When in the year",
    paragraphs: [
      "Points are months with 95 % intervals that take into account how days resemble their " +
      "neighbours; squares mark intervals that are approximate, as single months always are. The " +
      "grey line is weeks. Uneven effort is made up for: naive beside proportion in the table " +
      "is what would come out otherwise.",
    ],
    charts: [
      seasonChart({
        title: "Proportion of time with song, by months",
        subtitle: subtitleOf(input),
        months,
        weeks,
      }),
    ],
    tables: tables.filter(({ rows }) => rows.length > 0),
  };
}
