import { monthRanges } from "./complete_cube.ts";
import type { DayCube } from "./day_cube.ts";

/**
 * A cube without the months in which a class of time that they have was not heard at all: of their
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
