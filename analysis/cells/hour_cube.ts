import { type DayCube, dayCube } from "./day_cube.ts";
import { type HourClock, hourOfClock } from "./hour_of_clock.ts";
import type { PresenceColumns } from "./presence_columns.ts";

/** Cells don't change: what was summed before need not be again. */
const known = new WeakMap<PresenceColumns, Map<string, DayCube>>();

/**
 * Sums cells over days (UTC) and the 24 hours of a clock. A cell counts by its middle.
 *
 * @param columns The cells.
 * @param clock Whose hours; UTC by default.
 * @returns A cube of 24 classes, which is shared: it must not be changed.
 * @throws {RangeError} Where cells are longer than an hour.
 */
export function hourCube(columns: PresenceColumns, clock?: HourClock): DayCube {
  if (columns.cellMs > 3_600_000) {
    throw new RangeError(
      `Cannot tell hours of the day from cells longer than an hour: ${columns.cellMs / 1000} s`,
    );
  }
  const cubes = known.get(columns) ?? new Map<string, DayCube>();
  known.set(columns, cubes);
  const key = JSON.stringify(clock ?? "utc");
  const cube = cubes.get(key) ?? dayCube(columns, 24, hourOfClock(clock));
  cubes.set(key, cube);
  return cube;
}
