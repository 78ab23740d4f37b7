import { findRoot } from "./find_root.ts";
import type { AltitudeOf } from "./solar_altitude.ts";

/** How far apart the sun is looked at before the moments between are computed. */
const STEP_MS = 3_600_000;
/** Half the span over which the sun's rate of climbing is taken. */
const RATE_MS = 60_000;
/** The moment when the sun turns is known to this; its altitude hardly changes there. */
const TURN_TOLERANCE_MS = 1_000;

/** A stretch of time in which the sun only climbs, or only sinks. */
export interface SunLeg {
  startMs: number;
  stopMs: number;
  /** Altitude at its start and stop, degrees. */
  startAltitude: number;
  stopAltitude: number;
}

/**
 * Cuts a span of time where the sun turns, and every hour: within each leg the sun's altitude only
 * climbs or only sinks, so that it crosses any limit at most once.
 *
 * @param altitude The sun's altitude.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @returns Legs that follow each other without a break.
 */
export function* sunPath(altitude: AltitudeOf, startMs: number, stopMs: number): Generator<SunLeg> {
  const rate = (ms: number): number => altitude(ms + RATE_MS) - altitude(ms - RATE_MS);
  let [fromMs, fromAltitude, fromRate] = [startMs, altitude(startMs), rate(startMs)];
  while (fromMs < stopMs) {
    const toMs = Math.min(stopMs, fromMs + STEP_MS);
    const [toAltitude, toRate] = [altitude(toMs), rate(toMs)];
    if (fromRate * toRate < 0) {
      const turnMs = findRoot(rate, fromMs, toMs, TURN_TOLERANCE_MS);
      const turnAltitude = altitude(turnMs);
      yield {
        startMs: fromMs,
        stopMs: turnMs,
        startAltitude: fromAltitude,
        stopAltitude: turnAltitude,
      };
      yield {
        startMs: turnMs,
        stopMs: toMs,
        startAltitude: turnAltitude,
        stopAltitude: toAltitude,
      };
    } else {
      yield {
        startMs: fromMs,
        stopMs: toMs,
        startAltitude: fromAltitude,
        stopAltitude: toAltitude,
      };
    }
    [fromMs, fromAltitude, fromRate] = [toMs, toAltitude, toRate];
  }
}
