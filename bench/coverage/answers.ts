import { type ColumnTable, table } from "arquero";
import { songNearGaps, songNearMoments } from "../../analysis/artefacts/mod.ts";
import { byHourOfDay, byLight, lightTests, normalisedByDay } from "../../analysis/diel/mod.ts";
import { presenceAgreement } from "../../analysis/evaluation/mod.ts";
import { byMonth, compareYears, monthByHour, proportionOfTime } from "../../analysis/season/mod.ts";
import type { SeededRandom } from "../../core/random.ts";
import type { Heard } from "./heard.ts";
import { CELL_SECONDS, DAY_CELLS, type Site } from "./sites.ts";

/** One figure with its interval and, where there is one, its test. */
export interface Answer {
  what: string;
  value: number;
  low: number;
  high: number;
  trust: string;
  p?: number | undefined;
}

/** Which days of a site's two seasons are analysed. */
export interface Range {
  name: string;
  from: number;
  to: number;
}

/** Two seasons, the first of them, and the month with the most song. */
export function rangesOf(site: Site): Range[] {
  const month = Math.round((Date.UTC(2015, site.firstMonth + 4) - site.startMs) / 86_400_000);
  return [
    { name: "2 years", from: 0, to: site.days },
    { name: "1 year", from: 0, to: site.firstDays },
    { name: "1 month", from: month, to: month + 31 },
  ];
}

/**
 * All intervals and tests of a range, always in the same order.
 *
 * @param site Where.
 * @param range Which days.
 * @param heard What was heard.
 * @param second Seconds with song of another detection.
 * @param grid Whether months by hours, which are many, come at the end.
 */
export function answersOf(
  site: Site,
  range: Range,
  heard: Heard,
  second: Float64Array,
  grid: boolean,
): Answer[] {
  const [first, last] = [range.from * DAY_CELLS, range.to * DAY_CELLS];
  const start = site.start.subarray(first, last);
  const effort_s = heard.effort.subarray(first, last);
  const presence = table({ start, effort_s, call_s: heard.positive.subarray(first, last) });
  const other = table({ start, effort_s, call_s: second.subarray(first, last) });
  const sixHourly = Array.from(
    { length: (range.to - range.from) * 4 },
    (_, i) => new Date(start[0] + i * 21_600_000),
  );
  const near = { nearSeconds: 1_800, besideSeconds: 3_600 };
  return [
    ...rows("proportion of time", proportionOfTime(presence), "proportion"),
    ...range.name === "1 month" ? [] : rows("month", byMonth(presence), "proportion"),
    ...range.name === "2 years" ? years(compareYears(presence, site)) : [],
    ...rows("hour of day", byHourOfDay(presence), "proportion"),
    ...light(byLight(presence, site.place)),
    ...rows("light apart", lightTests(presence, site.place), "difference"),
    ...rows("less the day's mean", normalisedByDay(presence, site.place), "difference"),
    ...rows("two detections apart", presenceAgreement(presence, other), "difference"),
    ...rows("near files' starts", songNearMoments(presence, sixHourly, near), "difference"),
    ...rows("near gaps", songNearGaps(presence, near), "difference"),
    ...grid && range.name !== "1 month"
      ? rows("month by hour", monthByHour(presence), "proportion")
      : [],
  ];
}

function rows(what: string, from: ColumnTable, value: string, prefix = ""): Answer[] {
  return (from.objects({ limit: Infinity }) as Record<string, unknown>[]).map((row) => ({
    what,
    value: Number(row[value]),
    low: Number(row[`${prefix}low`]),
    high: Number(row[`${prefix}high`]),
    trust: String(row.trust),
    p: row.p_holm === undefined ? row.p as number | undefined : Number(row.p),
  }));
}

function years(from: ColumnTable): Answer[] {
  return [
    ...rows("years apart", from, "difference"),
    ...rows("years' quotient", from, "quotient", "quotient_"),
  ];
}

function light(from: ColumnTable): Answer[] {
  const found = from.objects() as Record<string, unknown>[];
  const of = (what: string, value: string, prefix: string): Answer[] =>
    found.map((row) => ({
      what,
      value: Number(row[value]),
      low: Number(row[`${prefix}low`]),
      high: Number(row[`${prefix}high`]),
      trust: String(row[`${prefix}trust`]),
    }));
  return [
    ...of("occupancy", "occupancy", "occupancy_"),
    ...of("occupancy, same days", "same_days", "same_days_"),
    ...of("share of song", "share_of_song", "share_"),
  ];
}

/** Seconds with song of a second detection, which errs by a fifth either way, or hears a fifth less. */
export function otherDetection(heard: Heard, apart: boolean, random: SeededRandom): Float64Array {
  return heard.positive.map((seconds, cell) => {
    if (apart) return 0.8 * seconds;
    const error = Math.min(0.2 * seconds, heard.effort[cell] - seconds);
    return seconds + error * (random.between(0, 1) < 0.5 ? -1 : 1);
  });
}

/** What is true: the song's mean over all that might have been, heard in full. */
export function heardInFull(song: Float64Array): Heard {
  return {
    effort: new Float64Array(song.length).fill(CELL_SECONDS),
    positive: song.map((part) => Math.min(1, part) * CELL_SECONDS),
  };
}
