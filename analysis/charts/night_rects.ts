import { DAY_MS } from "../../core/mod.ts";
import { lightSpans, type Place } from "../sun/mod.ts";
import type { ChartRect } from "./hatch.ts";

/** The sun's centre at sunrise and sunset as almanacs have them, degrees. */
const HORIZON = -0.833;
const HOUR_MS = 3_600_000;

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
      const dayMs = Math.floor(fromMs / DAY_MS) * DAY_MS;
      const toMs = Math.min(endMs, dayMs + DAY_MS);
      const [y, y2] = [fromMs, toMs].map((ms) => Number(((ms - dayMs) / HOUR_MS).toFixed(3)));
      if (y2 > y) pieces.push({ x: dayMs, x2: dayMs + DAY_MS, y, y2 });
      fromMs = toMs;
    }
    return pieces;
  });
}
