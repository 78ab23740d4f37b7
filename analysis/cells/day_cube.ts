import { DAY_MS } from "../../core/mod.ts";
import type { PresenceColumns } from "./presence_columns.ts";

/**
 * Seconds summed over days (UTC) and classes of time, such as hours of the day:
 * `[days, classes]`, the classes of a day together.
 */
export interface DayCube {
  /** Start of the first day, epoch milliseconds. */
  firstDayMs: number;
  days: number;
  classes: number;
  /** Seconds with song. */
  part: Float64Array;
  /** Seconds listened to. */
  effort: Float64Array;
  /** Seconds that there are within the range, listened to or not. */
  possible: Float64Array;
  /** Seconds that were to be recorded: all of those, or what a duty cycle has of them. */
  scheduled: Float64Array;
}

/**
 * Sums cells over days and classes.
 *
 * @param columns The cells.
 * @param classes How many classes there are.
 * @param classOf The class of a cell by its middle, epoch milliseconds.
 */
export function dayCube(
  columns: PresenceColumns,
  classes: number,
  classOf: (middleMs: number) => number,
): DayCube {
  const { startMs, effort, call, scheduled, cellMs } = columns;
  const cube = emptyCube(columns, classes);
  for (let cell = 0; cell < startMs.length; cell++) {
    const day = Math.floor((startMs[cell] - cube.firstDayMs) / DAY_MS);
    const at = day * classes + classOf(startMs[cell] + cellMs / 2);
    cube.part[at] += call[cell];
    cube.effort[at] += effort[cell];
    cube.possible[at] += cellMs / 1000;
    cube.scheduled[at] += scheduled[cell];
  }
  return cube;
}

/** A cube of zeros for the days that cells lie in. */
export function emptyCube({ startMs, cellMs }: PresenceColumns, classes: number): DayCube {
  const firstDayMs = Math.floor(startMs[0] / DAY_MS) * DAY_MS;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  const days = Math.ceil((stopMs - firstDayMs) / DAY_MS);
  const [part, effort, possible, scheduled] = [0, 1, 2, 3]
    .map(() => new Float64Array(days * classes));
  return { firstDayMs, days, classes, part, effort, possible, scheduled };
}
