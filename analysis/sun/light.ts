import { crossingOf, type Place, solarAltitude, sunPath } from "./sun_crossings.ts";

/** A class of light by the sun's altitude. */
export type Light = "night" | "dawn" | "day" | "dusk";

/** All classes, in the order of a day. */
export const LIGHTS: readonly Light[] = ["night", "dawn", "day", "dusk"];

/** Which altitudes of the sun's centre part the classes. */
export interface LightLimits {
  /** Day is above this, degrees; −0.833 by default: the upper limb on a refracted horizon. */
  day?: number | undefined;
  /** Night is below this, degrees; −12 by default, the end of nautical twilight. */
  night?: number | undefined;
}

/**
 * Fills in and checks the limits.
 *
 * @param limits What was asked for.
 * @returns Both limits, degrees.
 * @throws {RangeError} Where night would begin above day, or a limit is no altitude.
 */
export function lightLimits(limits: LightLimits = {}): { day: number; night: number } {
  const { day = -0.833, night = -12 } = limits;
  if (!(Math.abs(day) <= 90) || !(Math.abs(night) <= 90) || night > day) {
    throw new RangeError(
      `Cannot class light as night must end below day, both within ±90°: night ${night}, day ${day}`,
    );
  }
  return { day, night };
}

/**
 * The class of an altitude: day above its limit, night below its own, twilight from one to the
 * other, its ends included: dawn while the sun climbs, dusk while it sinks.
 *
 * @param altitude Degrees.
 * @param rising Whether the sun climbs.
 * @param limits Both limits, degrees.
 */
export function lightOf(
  altitude: number,
  rising: boolean,
  limits: { day: number; night: number },
): Light {
  if (altitude > limits.day) return "day";
  if (altitude < limits.night) return "night";
  return rising ? "dawn" : "dusk";
}

/** A stretch of time within one class of light, `[startMs, stopMs)`. */
export interface LightSpan {
  startMs: number;
  stopMs: number;
  light: Light;
}

/**
 * Cuts a span of time into stretches of night, dawn, day and dusk. The borders are computed from
 * the sun's path, so that any number of seconds can be classed by them. Where the sun turns within
 * twilight, dawn becomes dusk at that moment; polar day and polar night are one long stretch.
 *
 * Definition: `docs/analysis.md`.
 *
 * @param place Where.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param limits Which altitudes part the classes.
 * @returns Stretches that follow each other without a break; whole milliseconds.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const day = Date.UTC(2021, 2, 20);
 * const spans = lightSpans({ latitude: 0, longitude: 0 }, day, day + 86_400_000);
 * assert.deepEqual(spans.map(({ light }) => light), ["night", "dawn", "day", "dusk", "night"]);
 * ```
 */
export function lightSpans(
  place: Place,
  startMs: number,
  stopMs: number,
  limits?: LightLimits,
): LightSpan[] {
  const both = lightLimits(limits);
  const altitude = solarAltitude(place);
  const spans: LightSpan[] = [];
  const add = (fromMs: number, toMs: number, light: Light): void => {
    const last = spans.at(-1);
    if (last?.light === light) last.stopMs = toMs;
    else if (toMs > fromMs) spans.push({ startMs: fromMs, stopMs: toMs, light });
  };
  for (const leg of sunPath(altitude, startMs, stopMs)) {
    const rising = leg.stopAltitude > leg.startAltitude;
    const cuts = [both.night, both.day]
      .flatMap((limit) => crossingOf(leg, altitude, limit) ?? [])
      .map(({ ms }) => Math.round(ms))
      .sort((a, b) => a - b);
    const edges = [Math.round(leg.startMs), ...cuts, Math.round(leg.stopMs)];
    for (let i = 1; i < edges.length; i++) {
      // A piece is classed by its middle, which is on neither limit.
      const middle = altitude((edges[i - 1] + edges[i]) / 2);
      add(edges[i - 1], edges[i], lightOf(middle, rising, both));
    }
  }
  return spans;
}
