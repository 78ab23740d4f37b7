import { DAY_MS } from "../../core/mod.ts";
import type { DayCube } from "./day_cube.ts";

/** Cubes don't change: what was made up for before need not be again. */
const known = new WeakMap<DayCube, DayCube>();

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
  const complete = known.get(cube) ?? completed(cube);
  known.set(cube, complete);
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
 * The days of each calendar month (UTC).
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
