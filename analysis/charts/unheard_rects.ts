import { DAY_MS } from "../../core/mod.ts";
import type { ChartRect } from "./hatch.ts";

/**
 * What was not heard on a chart of dates and hours: all of it but the hours that were, in as few
 * rectangles as days with the same hours that follow each other allow.
 *
 * @param heard Hours heard: the day as epoch milliseconds, and the hour of it, 0 to 23.
 * @param fromMs First day.
 * @param toMs The day after the last.
 * @returns Rectangles of days (`x`, `x2`) and hours (`y`, `y2`).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const heard = Array.from({ length: 24 }, (_, hour) => ({ day: 0, hour })).slice(6);
 * assert.deepEqual(unheardRects(heard, 0, 86_400_000), [{ x: 0, x2: 86_400_000, y: 0, y2: 6 }]);
 * ```
 */
export function unheardRects(
  heard: readonly { day: number; hour: number }[],
  fromMs: number,
  toMs: number,
): ChartRect[] {
  const hoursOf = new Map<number, Set<number>>();
  for (const { day, hour } of heard) {
    const hours = hoursOf.get(day) ?? new Set<number>();
    hoursOf.set(day, hours.add(hour));
  }
  const rects: ChartRect[] = [];
  let open = new Map<string, ChartRect>();
  for (let day = fromMs; day < toMs; day += DAY_MS) {
    const next = new Map<string, ChartRect>();
    for (const [y, y2] of missingRuns(hoursOf.get(day))) {
      const key = `${y} ${y2}`;
      const before = open.get(key);
      const rect = before ?? { x: day, x2: day, y, y2 };
      if (!before) rects.push(rect);
      rect.x2 = day + DAY_MS;
      next.set(key, rect);
    }
    open = next;
  }
  return rects;
}

/** Runs of hours, `[from, to)`, that are not there. */
function missingRuns(hours: ReadonlySet<number> = new Set()): [number, number][] {
  const runs: [number, number][] = [];
  for (let hour = 0; hour < 24; hour++) {
    if (hours.has(hour)) continue;
    const last = runs.at(-1);
    if (last?.[1] === hour) last[1]++;
    else runs.push([hour, hour + 1]);
  }
  return runs;
}
