import { type ColumnTable, from } from "arquero";
import { DAY_MS, seasonName, seasonYear } from "../../core/mod.ts";
import {
  completeCube,
  type DayCube,
  daySums,
  hourCube,
  type Presence,
  presenceColumns,
  type Unanswered,
} from "../presence/mod.ts";

/** A song season within a cube of days. */
interface SeasonRange {
  /** `2015/16`; `2016` where it begins in January. */
  season: string;
  /** Days `[from, to)` of the cube. */
  from: number;
  to: number;
}

/**
 * Cuts days into song seasons of a year each.
 *
 * @param cube Its first day and how many there are.
 * @param firstMonth Month that a season begins with, 1 to 12: one without song, such as 8 for
 * humpbacks that winter in the north.
 * @throws {RangeError} Where there is no such month.
 */
export function seasonRanges(
  { firstDayMs, days }: Pick<DayCube, "firstDayMs" | "days">,
  firstMonth: number,
): SeasonRange[] {
  if (!Number.isInteger(firstMonth) || firstMonth < 1 || firstMonth > 12) {
    throw new RangeError(`Cannot begin seasons with month ${firstMonth}: months are 1 to 12`);
  }
  const ranges: SeasonRange[] = [];
  let year = seasonYear(firstDayMs, firstMonth);
  for (let from = 0; from < days; year++) {
    const to = Math.min(days, (Date.UTC(year + 1, firstMonth - 1) - firstDayMs) / DAY_MS);
    ranges.push({ season: seasonName(year, firstMonth), from, to });
    from = to;
  }
  return ranges;
}

/** What counts as a day with song. */
export interface SeasonOptions {
  /** Month that a season begins with, 1 to 12; 8 by default. */
  firstMonth?: number | undefined;
  /** Part of the time heard that has song, from which a day counts; 0.02 by default. */
  least?: number | undefined;
}

/** A day must have been heard for this part of what was to be recorded of it. */
const COVERAGE = 0.5;
/** One day alone may be a ship's: another must lie within so many days. */
const WITHIN_DAYS = 7;

/**
 * First and last song of each season.
 *
 * A day counts where at least half of what was to be recorded of it was heard (all of it, or what the
 * column `scheduled_s` says), song fills `least` of that, and another such day lies within a week.
 * `from_5` and `to_95` are the days by which 5 % and 95 % of the song from the first such day to the
 * last had been sung, uneven effort made up for: less at the mercy of one day. Days without effort
 * just before the first song or after the last are counted, as song may have gone unheard there.
 *
 * @param presence A presence table of cells up to an hour.
 * @param options What counts as a day with song.
 * @returns A row a season: `season`, `first`, `last`, `from_5`, `to_95` (Dates, null where there is
 * no song), `days_with_song`, `days_heard`, `days`, `unheard_before_first`, `unheard_after_last`,
 * `unanswered` (null, or why there are no dates).
 */
export function seasonBounds(presence: Presence, options: SeasonOptions = {}): ColumnTable {
  const { firstMonth = 8, least = 0.02 } = options;
  const cube = hourCube(presenceColumns(presence));
  const [part, effort, scheduled] = [cube.part, cube.effort, cube.scheduled].map((values) =>
    daySums(values, 24)
  );
  const whole = daySums(completeCube(cube).part, 24);
  const heard = (day: number): boolean =>
    effort[day] > 0 && effort[day] >= COVERAGE * scheduled[day];
  const sings = (day: number): boolean => heard(day) && part[day] >= least * effort[day];
  const dateOf = (day: number | undefined): Date | null =>
    day === undefined ? null : new Date(cube.firstDayMs + day * DAY_MS);
  return from(
    seasonRanges(cube, firstMonth).map(({ season, from, to }) => {
      const days = Array.from({ length: to - from }, (_, i) => from + i);
      const loud = days.filter(sings);
      const song = loud.filter((day) =>
        loud.some((other) => other !== day && Math.abs(other - day) < WITHIN_DAYS)
      );
      const [first, last] = [song.at(0), song.at(-1)];
      const between = days.filter((day) => day >= first! && day <= last!);
      const shares = cumulated(between.map((day) => Math.max(0, whole[day])));
      const heardDays = days.filter(heard).length;
      return {
        season,
        first: dateOf(first),
        last: dateOf(last),
        from_5: dateOf(between[shares.findIndex((share) => share >= 0.05)]),
        to_95: dateOf(between[shares.findIndex((share) => share >= 0.95)]),
        days_with_song: song.length,
        days_heard: heardDays,
        days: days.length,
        unheard_before_first: first === undefined ? 0 : unheard(heard, first, -1, from, to),
        unheard_after_last: last === undefined ? 0 : unheard(heard, last, 1, from, to),
        unanswered: song.length > 0 ? null : whyNot(days, effort, heardDays > 0, part),
      };
    }),
  );
}

function whyNot(
  days: readonly number[],
  effort: Float64Array,
  enough: boolean,
  part: Float64Array,
): Unanswered {
  if (!days.some((day) => effort[day] > 0)) return "not heard";
  if (!enough) return "heard too little";
  return days.some((day) => part[day] > 0) ? "too little song" : "no song";
}

/** Running sums over the whole. */
function cumulated(values: readonly number[]): number[] {
  const all = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return values.map((value) => (sum += value) / all);
}

/** Days that follow a day in one direction and were not heard, up to the first that was. */
function unheard(
  heard: (day: number) => boolean,
  day: number,
  step: number,
  from: number,
  to: number,
): number {
  let count = 0;
  for (let at = day + step; at >= from && at < to && !heard(at); at += step) count++;
  return count;
}

/**
 * The month in which seasons begin: humpbacks sing in the winter of their hemisphere, and a season is
 * to be cut where there is no song (Ryan 2018, JASA 144:1953, for the northern one; half a year later
 * in the southern one).
 *
 * @param latitude Of the hydrophone, degrees, north positive.
 * @returns 8 (August) from the equator north, 2 (February) south of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(firstMonthAt(36.7), 8);
 * assert.equal(firstMonthAt(-22.9), 2);
 * ```
 */
export function firstMonthAt(latitude: number): number {
  return latitude < 0 ? 2 : 8;
}
