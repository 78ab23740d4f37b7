import { DAY_MS } from "../days.ts";
import type { Light, LightSpan } from "../sun/mod.ts";
import { LIGHTS } from "../sun/mod.ts";
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
  const { startMs, effort, call, cellMs } = columns;
  const cube = emptyCube(columns, classes);
  for (let cell = 0; cell < startMs.length; cell++) {
    const day = Math.floor((startMs[cell] - cube.firstDayMs) / DAY_MS);
    const at = day * classes + classOf(startMs[cell] + cellMs / 2);
    cube.part[at] += call[cell];
    cube.effort[at] += effort[cell];
    cube.possible[at] += cellMs / 1000;
  }
  return cube;
}

/**
 * Sums cells over days and classes of light. A cell that lies in two classes is shared out by time:
 * with cells of a minute that hardly matters, with cells of an hour it blurs dawn and dusk.
 *
 * @param columns The cells.
 * @param spans Stretches of light that cover them, as `lightSpans` makes them.
 * @returns A cube whose classes are `LIGHTS`.
 */
export function lightCube(columns: PresenceColumns, spans: readonly LightSpan[]): DayCube {
  const { startMs, effort, call, cellMs } = columns;
  const cube = emptyCube(columns, LIGHTS.length);
  const index = new Map<Light, number>(LIGHTS.map((light, i) => [light, i]));
  let span = 0;
  for (let cell = 0; cell < startMs.length; cell++) {
    const [fromMs, toMs] = [startMs[cell], startMs[cell] + cellMs];
    while (spans[span].stopMs <= fromMs) span++;
    const day = Math.floor((fromMs - cube.firstDayMs) / DAY_MS) * LIGHTS.length;
    for (let i = span; i < spans.length && spans[i].startMs < toMs; i++) {
      const overlap = Math.min(toMs, spans[i].stopMs) - Math.max(fromMs, spans[i].startMs);
      const at = day + (index.get(spans[i].light) ?? 0);
      cube.part[at] += call[cell] * overlap / cellMs;
      cube.effort[at] += effort[cell] * overlap / cellMs;
      cube.possible[at] += overlap / 1000;
    }
  }
  return cube;
}

function emptyCube({ startMs, cellMs }: PresenceColumns, classes: number): DayCube {
  const firstDayMs = Math.floor(startMs[0] / DAY_MS) * DAY_MS;
  const stopMs = startMs[startMs.length - 1] + cellMs;
  const days = Math.ceil((stopMs - firstDayMs) / DAY_MS);
  const [part, effort, possible] = [0, 1, 2].map(() => new Float64Array(days * classes));
  return { firstDayMs, days, classes, part, effort, possible };
}

/** Days `[from, to)` of a cube, as a cube. */
export function someDays(cube: DayCube, from: number, to: number): DayCube {
  const cut = (of: Float64Array): Float64Array =>
    of.subarray(from * cube.classes, to * cube.classes);
  return {
    ...cube,
    firstDayMs: cube.firstDayMs + from * DAY_MS,
    days: to - from,
    part: cut(cube.part),
    effort: cut(cube.effort),
    possible: cut(cube.possible),
  };
}

/**
 * Sums of each day over some classes.
 *
 * @param values `[days, classes]`.
 * @param classes How many classes there are.
 * @param wanted Which of them; all by default.
 * @returns `[days]`.
 */
export function daySums(
  values: Float64Array,
  classes: number,
  wanted?: readonly number[],
): Float64Array {
  const which = wanted ?? Array.from({ length: classes }, (_, i) => i);
  return Float64Array.from(
    { length: values.length / classes },
    (_, day) => which.reduce((sum, i) => sum + values[day * classes + i], 0),
  );
}
