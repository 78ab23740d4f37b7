import { type ColumnTable, from } from "arquero";
import {
  completeCube,
  type DayCube,
  daySums,
  hourCube,
  intervalColumns,
  presenceColumns,
  someDays,
} from "../cells/mod.ts";
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
  presence: ColumnTable,
  rangesOf: (cube: DayCube) => [number, number][],
): ColumnTable {
  const cube = hourCube(presenceColumns(presence));
  const record = recordOf(cube);
  return from(
    rangesOf(cube).map(([first, last]) => {
      const days = someDays(cube, first, last);
      const whole = completeCube(days);
      const known = ratioOfDays(daySums(whole.part, 24), daySums(whole.effort, 24), record);
      const [effort, call, possible, scheduled] = [
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
        call_s: call,
        naive: call / effort,
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
