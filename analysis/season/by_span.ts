import { type ColumnTable, from } from "arquero";
import { DAY_MS, dayOf, hourOf } from "../../core/mod.ts";
import {
  completeCube,
  type DayCube,
  daySums,
  hourCube,
  intervalColumns,
  monthRanges,
  type Presence,
  presenceColumns,
  someDays,
} from "../presence/mod.ts";
import {
  type DayMemory,
  dayMemory,
  ratioInfluence,
  ratioOfDays,
  withoutSeason,
} from "../statistics/mod.ts";

/**
 * The proportion of time with song in spans of days. How days resemble each other is measured on
 * the whole table, as a month alone is too short for it.
 *
 * @param presence A presence table of cells up to an hour.
 * @param rangesOf Which days belong together, `[from, to)`, ascending.
 * @returns A row a span: `start` (Date), `days`, `effort_s`, `possible_s`, `coverage`, `call_s`,
 * `naive`, `proportion`, `low`, `high`, `trust`, `block_days`, `blocks`. Without effort the
 * proportion is NaN, never 0; where fewer than three days have song there is no interval.
 */
export function bySpan(
  presence: Presence,
  rangesOf: (cube: DayCube) => [number, number][],
): ColumnTable {
  const cube = hourCube(presenceColumns(presence));
  const record = recordOf(cube);
  return from(
    rangesOf(cube).map(([first, last]) => {
      const days = someDays(cube, first, last);
      const whole = completeCube(days);
      const known = ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24), record);
      const [effort, positive, possible, scheduled] = [
        days.effort,
        days.part,
        days.possible,
        days.scheduled,
      ].map(total);
      return {
        start: new Date(days.firstDayMs),
        days: last - first,
        effort_s: effort,
        possible_s: possible,
        coverage: effort / scheduled,
        call_s: positive,
        naive: positive / effort,
        proportion: known.ratio,
        ...intervalColumns(known),
      };
    }),
  );
}

/**
 * Measures what the spans of a cube have from all of it: how days resemble those before them, the
 * season taken out, and the proportion.
 *
 * @param cube The cube.
 * @param wanted Which classes of time; all by default.
 */
export function recordOf(
  cube: DayCube,
  wanted?: readonly number[],
): { memory: DayMemory; level: number } {
  const whole = completeCube(cube);
  const effort = daySums(whole.effort, cube.classes, wanted);
  const { ratio, influence } = ratioInfluence(daySums(whole.part, cube.classes, wanted), effort);
  const { rest, turns } = withoutSeason(influence, effort);
  const memory = dayMemory(rest.map((value, day) => effort[day] > 0 ? value : NaN), turns);
  return { memory, level: ratio };
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * The season curve by calendar months (UTC).
 *
 * @param presence A presence table of cells up to an hour.
 * @returns A row a month, as `bySpan` describes; intervals of single months are `approximate`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 24 * 60 }, (_, hour) => new Date(hour * 3_600_000));
 * const presence = table({ start, effort_s: start.map(() => 3600), call_s: start.map(() => 900) });
 * const months = byMonth(presence);
 * assert(months.numRows() === 3 && months.get("proportion", 0) === 0.25);
 * ```
 */
export function byMonth(presence: Presence): ColumnTable {
  return bySpan(presence, monthRanges);
}

/** Monday, 5 January 1970. */
const MONDAY_DAY = 4;

/**
 * The season curve by weeks from Monday to Sunday (UTC).
 *
 * @param presence A presence table of cells up to an hour.
 * @returns A row a week, as `bySpan` describes; a week is too short for an interval, and all are
 * `descriptive`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 24 * 14 }, (_, hour) => new Date(hour * 3_600_000));
 * const presence = table({ start, effort_s: start.map(() => 3600), call_s: start.map(() => 0) });
 * assert.deepEqual(byWeek(presence).array("days"), [4, 7, 3]);
 * ```
 */
export function byWeek(presence: Presence): ColumnTable {
  return bySpan(presence, weekRanges);
}

function weekRanges({ firstDayMs, days }: DayCube): [number, number][] {
  const firstDay = firstDayMs / DAY_MS;
  const ranges: [number, number][] = [];
  for (let from = 0; from < days;) {
    const weekday = ((firstDay + from - MONDAY_DAY) % 7 + 7) % 7;
    const to = Math.min(days, from + 7 - weekday);
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

/** Cells of time that effort is summed over; all of UTC, weeks from Monday. */
export type EffortCell = "hour" | "day" | "week" | "month" | "year" | "hour of day";

/**
 * Sums how much was listened to, by cells of time.
 *
 * @param presence A presence table of cells no longer than those asked for.
 * @param cell Which cells.
 * @returns A row a cell: `start` (Date; `hour` for hours of the day), `effort_s`, `possible_s` (what
 * there is of it within the table), `coverage` (of what was to be recorded: the column `scheduled_s`,
 * or all).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { table } from "arquero";
 * const start = Array.from({ length: 48 }, (_, hour) => new Date(hour * 3_600_000));
 * const effort_s = start.map((_, hour) => hour < 12 ? 3600 : 0);
 * const days = effortBy(table({ start, effort_s, call_s: effort_s }), "day");
 * assert.deepEqual(days.array("coverage"), [0.5, 0]);
 * ```
 */
export function effortBy(presence: Presence, cell: EffortCell): ColumnTable {
  const { startMs, effort, scheduled, cellMs } = presenceColumns(presence);
  const sums = new Map<number, { effort: number; possible: number; scheduled: number }>();
  for (let i = 0; i < startMs.length; i++) {
    const key = keyOf(startMs[i], cell);
    const sum = sums.get(key) ?? { effort: 0, possible: 0, scheduled: 0 };
    sum.effort += effort[i];
    sum.possible += cellMs / 1000;
    sum.scheduled += scheduled[i];
    sums.set(key, sum);
  }
  const rows = [...sums].sort(([a], [b]) => a - b).map((
    [key, { effort, possible, scheduled }],
  ) => ({
    ...cell === "hour of day" ? { hour: key } : { start: new Date(key) },
    effort_s: effort,
    possible_s: possible,
    coverage: effort / scheduled,
  }));
  return from(rows);
}

/** Gives the start of the cell that an instant lies in, or its hour of the day. */
function keyOf(ms: number, cell: EffortCell): number {
  const date = new Date(ms);
  const day = dayOf(ms);
  switch (cell) {
    case "hour":
      return hourOf(ms);
    case "day":
      return day;
    case "week":
      return day - (date.getUTCDay() + 6) % 7 * DAY_MS;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    case "year":
      return Date.UTC(date.getUTCFullYear(), 0);
    case "hour of day":
      return date.getUTCHours();
  }
}
