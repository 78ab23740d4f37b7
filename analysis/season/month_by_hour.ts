import { type ColumnTable, from } from "arquero";
import { type HourClock, hourCube, monthRanges, presenceColumns, someDays } from "../cells/mod.ts";

/**
 * Season by hour of the day: whether the diel pattern changes over the year.
 *
 * @param presence A presence table of cells up to an hour.
 * @param clock Whose hours: UTC by default, the sun's, or a time zone's.
 * @returns A row a month and hour: `start` (Date), `hour`, `effort_s`, `possible_s`, `call_s`,
 * `proportion` (NaN without effort).
 */
export function monthByHour(presence: ColumnTable, clock?: HourClock): ColumnTable {
  const cube = hourCube(presenceColumns(presence), clock);
  return from(
    monthRanges(cube).flatMap(([first, last]) => {
      const month = someDays(cube, first, last);
      return Array.from({ length: 24 }, (_, hour) => {
        const sum = (values: Float64Array): number =>
          values.reduce((total, value, at) => at % 24 === hour ? total + value : total, 0);
        const [effort, call] = [sum(month.effort), sum(month.part)];
        return {
          start: new Date(month.firstDayMs),
          hour,
          effort_s: effort,
          possible_s: sum(month.possible),
          call_s: call,
          proportion: call / effort,
        };
      });
    }),
  );
}
