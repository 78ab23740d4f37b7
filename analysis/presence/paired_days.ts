import { DAY_MS } from "../../core/mod.ts";
import { type DayCube, monthRanges } from "./cubes.ts";

/**
 * Of a class's time on a day, what must have been heard for the day to be compared: less is the edge
 * of a cell that lies in two classes.
 */
const LEAST_OF_CLASS = 0.02;

/** Seconds of a class of time on each day: with song, and listened to. */
export interface ClassDays {
  part: Float64Array;
  effort: Float64Array;
}

/**
 * Pairs two classes of time, to be compared day by day: both classes' seconds of a month are scaled
 * such that the month weighs `Σ T₁T₂/(T₁ + T₂)`, from the days' lengths T of the classes,
 * however much of it was heard. Days on which less than a fiftieth of one of them was heard are left
 * out, and months without any other.
 *
 * @param cube What was heard.
 * @param first One class.
 * @param second The other.
 * @returns Both, for `differenceOfDays`, which weighs days by what was heard of both.
 */
export function pairedDays(cube: DayCube, first: number, second: number): [ClassDays, ClassDays] {
  const of = (values: Float64Array, i: number): Float64Array => daySums(values, cube.classes, [i]);
  const [a, b] = [first, second].map((i) => ({
    part: of(cube.part, i),
    effort: of(cube.effort, i),
    possible: of(cube.possible, i),
  }));
  for (let day = 0; day < cube.days; day++) {
    if ([a, b].every(({ effort, possible }) => isHeard(effort[day], possible[day]))) continue;
    for (const { part, effort } of [a, b]) part[day] = effort[day] = 0;
  }
  for (const [from, to] of monthRanges(cube)) {
    let [there, heard] = [0, 0];
    for (let day = from; day < to; day++) {
      there += together(a.possible[day], b.possible[day]);
      heard += together(a.effort[day], b.effort[day]);
    }
    const scale = heard > 0 ? there / heard : 0;
    for (const { part, effort } of [a, b]) {
      for (let day = from; day < to; day++) {
        part[day] *= scale;
        effort[day] *= scale;
      }
    }
  }
  return [a, b];
}

/** Tells whether enough of a class was heard on a day for it to be compared with others. */
export function isHeard(effort: number, possible: number): boolean {
  return effort > 0 && effort >= LEAST_OF_CLASS * possible;
}

function together(a: number, b: number): number {
  return a > 0 && b > 0 ? a * b / (a + b) : 0;
}

/** Cuts the days `[from, to)` out of a cube, as a cube. */
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
    scheduled: cut(cube.scheduled),
  };
}

/**
 * Sums each day over some classes.
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
  const sums = new Float64Array(values.length / classes);
  for (let day = 0; day < sums.length; day++) {
    for (const i of which) sums[day] += values[day * classes + i];
  }
  return sums;
}
