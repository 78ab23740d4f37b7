import { type ColumnTable, from } from "arquero";
import {
  daySums,
  type HourClock,
  hourCube,
  intervalColumns,
  monthRanges,
  type Presence,
  presenceColumns,
  someDays,
} from "../presence/mod.ts";
import { ratioOfDays } from "../statistics/mod.ts";
import { recordOf } from "./by_span.ts";

/**
 * Season by hour of the day: whether the diel pattern changes over the year.
 *
 * @param presence A presence table of cells up to an hour.
 * @param clock Whose hours: UTC by default, the sun's, or a time zone's.
 * @returns A row a month and hour: `start` (Date), `hour`, `effort_s`, `possible_s`, `call_s`,
 * `proportion` (NaN without effort), `low`, `high`, `trust`, `block_days`, `blocks`; how days
 * resemble each other at an hour is measured on the whole table.
 */
export function monthByHour(presence: Presence, clock?: HourClock): ColumnTable {
  const cube = hourCube(presenceColumns(presence), clock);
  const records = Array.from({ length: 24 }, (_, hour) => recordOf(cube, [hour]));
  return from(
    monthRanges(cube).flatMap(([first, last]) => {
      const month = someDays(cube, first, last);
      return Array.from({ length: 24 }, (_, hour) => {
        const of = (values: Float64Array): Float64Array => daySums(values, 24, [hour]);
        const sum = (values: Float64Array): number =>
          of(values).reduce((total, value) => total + value, 0);
        const known = ratioOfDays(of(month.part), of(month.effort), records[hour]);
        return {
          start: new Date(month.firstDayMs),
          hour,
          effort_s: sum(month.effort),
          possible_s: sum(month.possible),
          call_s: sum(month.part),
          proportion: known.ratio,
          ...intervalColumns(known),
        };
      });
    }),
  );
}
