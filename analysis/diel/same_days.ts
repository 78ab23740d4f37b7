import { type DayCube, daySums, isHeard, monthRanges, type Unanswered } from "../presence/mod.ts";
import { noSounder, type Trust } from "../statistics/mod.ts";

/** Days on which all classes of time can be compared, and what they weigh. */
export interface SameDays {
  /** `[classes]` whether the place has the class in this time at all. */
  there: boolean[];
  /** `[days]` what each day weighs, in days; 0 where it does not count. */
  weight: Float64Array;
  /** How many days count. */
  days: number;
}

/**
 * Finds the days that have every class of time that the place has, each of them heard for a fiftieth at
 * least: on those classes can be compared, as the season is the same for all. A day weighs as much as the part heard
 * of its least heard class; each month's days together as many as it has such days, heard or not.
 *
 * @param cube What was heard.
 */
export function sameDays(cube: DayCube): SameDays {
  const { classes, days, possible, effort } = cube;
  const there = Array.from(
    { length: classes },
    (_, i) => daySums(possible, classes, [i]).some((seconds) => seconds > 0),
  );
  const has = there.flatMap((is, i) => is ? [i] : []);
  const weight = new Float64Array(days);
  let counted = 0;
  for (const [from, to] of monthRanges(cube)) {
    let [all, heard] = [0, 0];
    for (let day = from; day < to; day++) {
      if (!has.every((i) => possible[day * classes + i] > 0)) continue;
      all++;
      const cells = has.map((i) => day * classes + i);
      if (!cells.every((at) => isHeard(effort[at], possible[at]))) continue;
      weight[day] = Math.min(...cells.map((at) => effort[at] / possible[at]));
      heard += weight[day];
      counted++;
    }
    for (let day = from; day < to && heard > 0; day++) weight[day] *= all / heard;
  }
  return { there, weight, days: counted };
}

/**
 * Lowers the trust of a comparison of classes of which one was heard for less than half of what was to
 * be recorded of it: what was missed may have been another kind of day.
 *
 * @param cube What was heard.
 * @param trust Of the interval.
 */
export function asHeard(cube: DayCube, trust: Trust): Trust {
  const half = Array.from({ length: cube.classes }, (_, i) => {
    const [effort, scheduled] = [cube.effort, cube.scheduled].map((values) =>
      daySums(values, cube.classes, [i]).reduce((sum, seconds) => sum + seconds, 0)
    );
    return effort >= 0.5 * scheduled;
  }).every((is) => is);
  return half ? trust : noSounder(trust, "approximate");
}

/**
 * Tells why a class can't be compared.
 *
 * @param cube What was heard.
 * @param same Its days on which classes can be compared.
 * @param of Which class.
 * @returns Nothing where it can.
 */
export function notComparable(cube: DayCube, same: SameDays, of: number): Unanswered | null {
  if (!same.there[of]) return "not there";
  if (same.days > 0) return null;
  const heard = daySums(cube.effort, cube.classes, [of]).some((seconds) => seconds > 0);
  return heard ? "never on one day" : "not heard";
}
