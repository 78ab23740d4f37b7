import { DAY_MS, dayOf, HOUR_MS } from "../../core/mod.ts";
import { type Light, LIGHTS, type LightSpan } from "../sun/mod.ts";
import { type HourClock, hourOfClock, type PresenceColumns } from "./presence_columns.ts";

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
  const { startMs, effort, positive, scheduled, cellMs } = columns;
  const cube = emptyCube(columns, classes);
  for (let cell = 0; cell < startMs.length; cell++) {
    const day = Math.floor((startMs[cell] - cube.firstDayMs) / DAY_MS);
    const at = day * classes + classOf(startMs[cell] + cellMs / 2);
    cube.part[at] += positive[cell];
    cube.effort[at] += effort[cell];
    cube.possible[at] += cellMs / 1000;
    cube.scheduled[at] += scheduled[cell];
  }
  return cube;
}

/** Makes a cube of zeros for the days that cells lie in. */
function emptyCube({ startMs, cellMs }: PresenceColumns, classes: number): DayCube {
  const firstDayMs = dayOf(startMs[0]);
  const stopMs = startMs[startMs.length - 1] + cellMs;
  const days = Math.ceil((stopMs - firstDayMs) / DAY_MS);
  const [part, effort, possible, scheduled] = [0, 1, 2, 3]
    .map(() => new Float64Array(days * classes));
  return { firstDayMs, days, classes, part, effort, possible, scheduled };
}

/** Cubes don't change: what was made up for before need not be again. */
const completeCubes = new WeakMap<DayCube, DayCube>();

/**
 * Makes up for uneven effort: each month's classes of time count by how long they are, not by how
 * long they were listened to, so that fewer nights heard are not fewer songs. What comes out can be
 * summed over days and classes and divided like a cube that was heard in full.
 *
 * In month m and class c, with T possible, E heard and A song seconds, r = A/E stands for the whole
 * class: its song is r·T. A day's part is `(T/E)(A_d − r·E_d) + r·T·h_d` and its effort `T·h_d`,
 * where h_d is the day's share of what was heard in the month; a day without effort has neither. A
 * class that was not heard at all in a month is left out of that month.
 *
 * Source: post-stratification, Cochran 1977, Sampling Techniques, 5A.9.
 *
 * @param cube What was heard.
 * @returns A cube of the same shape, `possible` unchanged, which is shared: it must not be changed.
 */
export function completeCube(cube: DayCube): DayCube {
  const complete = completeCubes.get(cube) ?? completed(cube);
  completeCubes.set(cube, complete);
  return complete;
}

function completed(cube: DayCube): DayCube {
  const { days, classes } = cube;
  const part = new Float64Array(days * classes);
  const effort = new Float64Array(days * classes);
  for (const [from, to] of monthRanges(cube)) {
    const months = monthSums(cube, from, to);
    const heard = months.possible.map((time, i) => months.effort[i] > 0 ? time : 0);
    const weights = heard.map((time, i) => time > 0 ? time / months.effort[i] : 0);
    const all = heard.reduce((sum, time) => sum + time, 0);
    for (let day = from; day < to; day++) {
      let dayHeard = 0;
      for (let i = 0; i < classes; i++) dayHeard += weights[i] * cube.effort[day * classes + i];
      if (dayHeard === 0) continue;
      for (let i = 0; i < classes; i++) {
        if (heard[i] === 0) continue;
        const at = day * classes + i;
        const ratio = months.part[i] / months.effort[i];
        effort[at] = heard[i] * dayHeard / all;
        part[at] = weights[i] * (cube.part[at] - ratio * cube.effort[at]) + ratio * effort[at];
      }
    }
  }
  return { ...cube, part, effort };
}

/**
 * Finds the days of each calendar month (UTC).
 *
 * @param cube Its first day and how many there are.
 * @returns Ranges of days, `[from, to)`.
 */
export function monthRanges({ firstDayMs, days }: DayCube): [number, number][] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < days;) {
    const date = new Date(firstDayMs + from * DAY_MS);
    const nextMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    const to = Math.min(days, (nextMs - firstDayMs) / DAY_MS);
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

function monthSums(
  { classes, part, effort, possible }: DayCube,
  from: number,
  to: number,
): Record<"part" | "effort" | "possible", Float64Array> {
  const sums = (of: Float64Array): Float64Array => {
    const total = new Float64Array(classes);
    for (let at = from * classes; at < to * classes; at++) total[at % classes] += of[at];
    return total;
  };
  return { part: sums(part), effort: sums(effort), possible: sums(possible) };
}

/** Cells don't change: what was summed before need not be again. */
const cubes = new WeakMap<PresenceColumns, Map<string, DayCube>>();

/**
 * Gives the cube of cells over some classes of time, which is made once.
 *
 * @param columns The cells.
 * @param classes Names the classes, and all that decides them.
 * @param make Sums the cells over them.
 * @returns The cube, which is shared: it must not be changed.
 */
export function sharedCube(
  columns: PresenceColumns,
  classes: string,
  make: () => DayCube,
): DayCube {
  const made = cubes.get(columns) ?? new Map<string, DayCube>();
  cubes.set(columns, made);
  const cube = made.get(classes) ?? make();
  made.set(classes, cube);
  return cube;
}

/**
 * Sums cells over days (UTC) and the 24 hours of a clock. A cell counts by its middle.
 *
 * @param columns The cells.
 * @param clock Whose hours; UTC by default.
 * @returns A cube of 24 classes, which is shared: it must not be changed.
 * @throws {RangeError} Where cells are longer than an hour.
 */
export function hourCube(columns: PresenceColumns, clock?: HourClock): DayCube {
  if (columns.cellMs > HOUR_MS) {
    throw new RangeError(
      `Cannot tell hours of the day from cells longer than an hour: ${columns.cellMs / 1000} s`,
    );
  }
  const classes = `hours ${JSON.stringify(clock ?? "utc")}`;
  return sharedCube(columns, classes, () => dayCube(columns, 24, hourOfClock(clock)));
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
  const { startMs, effort, positive, scheduled, cellMs } = columns;
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
      cube.part[at] += positive[cell] * overlap / cellMs;
      cube.effort[at] += effort[cell] * overlap / cellMs;
      cube.possible[at] += overlap / 1000;
      cube.scheduled[at] += scheduled[cell] * overlap / cellMs;
    }
  }
  return cube;
}

/**
 * Leaves out of a cube the months in which a class of time that they have was not heard at all: of their
 * song it can't be told how much fell in a class.
 *
 * @param cube What was heard.
 * @returns A cube of the same shape; the months left out have neither song nor effort.
 */
export function heardMonths(cube: DayCube): DayCube {
  const { classes } = cube;
  const [part, effort] = [cube.part.slice(), cube.effort.slice()];
  for (const [from, to] of monthRanges(cube)) {
    const [first, last] = [from * classes, to * classes];
    const sum = (values: Float64Array, of: number): number =>
      values.subarray(first, last).reduce((all, v, at) => at % classes === of ? all + v : all, 0);
    const unheard = Array.from({ length: classes }, (_, of) => of)
      .some((of) => sum(cube.possible, of) > 0 && sum(cube.effort, of) === 0);
    if (!unheard) continue;
    part.fill(0, first, last);
    effort.fill(0, first, last);
  }
  return { ...cube, part, effort };
}
