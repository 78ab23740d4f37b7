import { type DayCube, dayCube } from "./day_cube.ts";
import { type HourClock, hourOfClock } from "./hour_of_clock.ts";
import type { PresenceColumns } from "./presence_columns.ts";

/**
 * Sums cells over days (UTC) and the 24 hours of a clock. A cell counts by its middle.
 *
 * @param columns The cells.
 * @param clock Whose hours; UTC by default.
 * @returns A cube of 24 classes.
 * @throws {RangeError} Where cells are longer than an hour.
 */
export function hourCube(columns: PresenceColumns, clock?: HourClock): DayCube {
  if (columns.cellMs > 3_600_000) {
    throw new RangeError(
      `Cannot tell hours of the day from cells longer than an hour: ${columns.cellMs / 1000} s`,
    );
  }
  return dayCube(columns, 24, hourOfClock(clock));
}
