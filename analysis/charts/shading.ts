import { DAY_MS, dayOf, HOUR_MS } from "../../core/mod.ts";
import { lightSpans, type Place, solarAltitude, sunCrossings } from "../sun/mod.ts";

/** A rectangle of a chart's plane, in any units; `x2 > x`, `y2 > y`. */
interface ChartRect {
  x: number;
  x2: number;
  y: number;
  y2: number;
}

/** Size of a pixel, and the distance between lines. */
interface HatchScale {
  /** Units of x and y that a pixel is. */
  xPerPixel: number;
  yPerPixel: number;
  /** Pixels from line to line, measured along x. */
  spacing: number;
}

/**
 * Draws lines that hatch rectangles at 45°, as if one hatched sheet lay under all of them: Vega has no
 * patterns, and missing effort must show in grey print and on any screen.
 *
 * @param rects The rectangles.
 * @param scale Size of a pixel, and the distance between lines.
 * @returns A line a row, from (`x`, `y`) up to (`x2`, `y2`), each within its rectangle.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const scale = { xPerPixel: 1, yPerPixel: 1, spacing: 4 };
 * const lines = hatch([{ x: 0, x2: 8, y: 0, y2: 8 }], scale);
 * assert.deepEqual(lines[1], { x: 0, x2: 8, y: 0, y2: 8 });
 * ```
 */
export function hatch(rects: readonly ChartRect[], scale: HatchScale): ChartRect[] {
  const { xPerPixel, yPerPixel, spacing } = scale;
  const slope = yPerPixel / xPerPixel;
  const step = spacing * xPerPixel;
  return rects.flatMap(({ x, x2, y, y2 }) => {
    // A line is where x − y / slope stays the same.
    const least = x - y2 / slope;
    const most = x2 - y / slope;
    const lines: ChartRect[] = [];
    for (let n = Math.floor(least / step) + 1; n * step < most; n++) {
      const from = Math.max(x, n * step + y / slope);
      const to = Math.min(x2, n * step + y2 / slope);
      if (to <= from) continue;
      lines.push({ x: from, x2: to, y: (from - n * step) * slope, y2: (to - n * step) * slope });
    }
    return lines;
  });
}

/** The sun's centre at sunrise and sunset as almanacs have them, degrees. */
const HORIZON = -0.833;

/**
 * The nights of a range, from sunset to sunrise, cut at the midnights of a clock: what is shaded
 * behind a chart of dates and hours.
 *
 * @param place Where.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param offsetHours How far the clock is ahead of UTC; 0 by default.
 * @returns A rectangle a piece of night: `x`, `x2` the day (of the clock, as epoch milliseconds),
 * `y`, `y2` hours of it, 0 to 24.
 */
export function nightRects(
  place: Place,
  startMs: number,
  stopMs: number,
  offsetHours = 0,
): ChartRect[] {
  const offsetMs = offsetHours * HOUR_MS;
  const limits = { day: HORIZON, night: HORIZON };
  const nights = lightSpans(place, startMs, stopMs, limits).filter(({ light }) => light !== "day");
  return nights.flatMap((night) => {
    const pieces: ChartRect[] = [];
    const endMs = night.stopMs + offsetMs;
    for (let fromMs = night.startMs + offsetMs; fromMs < endMs;) {
      const dayMs = dayOf(fromMs);
      const toMs = Math.min(endMs, dayMs + DAY_MS);
      const [y, y2] = [fromMs, toMs].map((ms) => Number(((ms - dayMs) / HOUR_MS).toFixed(3)));
      if (y2 > y) pieces.push({ x: dayMs, x2: dayMs + DAY_MS, y, y2 });
      fromMs = toMs;
    }
    return pieces;
  });
}

/**
 * Outlines what was not heard on a chart of dates and hours: all of it but the hours that were, in as few
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

/** A jump of more hours than this is the clock's midnight, or a polar day or night between. */
const BREAK_HOURS = 6;

/** A point of the line of sunrises or of sunsets. */
interface SunPoint {
  event: "sunrise" | "sunset";
  /** Day of the clock, as epoch milliseconds. */
  day: number;
  /** Hour of that day, 0 to 24. */
  hour: number;
  /** Points of one part are joined; lines break between parts. */
  part: string;
}

/**
 * Sunrise and sunset of every day, as points of lines on a chart of dates and hours.
 *
 * @param place Where.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param offsetHours How far the clock is ahead of UTC; 0 by default.
 * @returns The points, ascending.
 */
export function sunLines(
  place: Place,
  startMs: number,
  stopMs: number,
  offsetHours = 0,
): SunPoint[] {
  const last = new Map<boolean, SunPoint>();
  return sunCrossings(solarAltitude(place), startMs, stopMs, HORIZON).map(({ ms, rising }) => {
    const clockMs = ms + offsetHours * HOUR_MS;
    const day = dayOf(clockMs);
    const hour = Number(((clockMs - day) / HOUR_MS).toFixed(3));
    const event = rising ? "sunrise" : "sunset";
    const before = last.get(rising);
    const joined = before !== undefined && day - before.day <= 2 * DAY_MS &&
      Math.abs(hour - before.hour) < BREAK_HOURS;
    const part = joined ? before.part : `${event} ${new Date(day).toISOString().slice(0, 10)}`;
    const point: SunPoint = { event, day, hour, part };
    last.set(rising, point);
    return point;
  });
}
