import { DAY_MS } from "../../core/mod.ts";
import { type Place, solarAltitude, sunCrossings } from "../sun/mod.ts";

/** The sun's centre at sunrise and sunset as almanacs have them, degrees. */
const HORIZON = -0.833;
const HOUR_MS = 3_600_000;
/** A jump of more hours than this is the clock's midnight, or a polar day or night between. */
const BREAK_HOURS = 6;

/** A point of the line of sunrises or of sunsets. */
export interface SunPoint {
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
    const day = Math.floor(clockMs / DAY_MS) * DAY_MS;
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
