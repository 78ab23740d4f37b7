import { DAY_MS } from "../../core/mod.ts";
import type { DayCube } from "./day_cube.ts";

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
    scheduled: cut(cube.scheduled),
  };
}
