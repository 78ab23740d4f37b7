import { AstroTime, Body, Equator, Horizon, Observer } from "astronomy-engine";
import { HOUR_MS } from "../../core/mod.ts";

/** Crossings are computed to this, milliseconds. */
const TOLERANCE_MS = 50;

/** The sun's centre passing a limit of altitude. */
export interface SunCrossing {
  /** When, epoch milliseconds. */
  ms: number;
  /** Whether the sun climbs. */
  rising: boolean;
  /** The limit, degrees. */
  limit: number;
}

/**
 * Finds when the sun crosses a limit of altitude. None on days when it stays above or below: in polar day
 * and polar night.
 *
 * @param altitude The sun's altitude, as `solarAltitude` makes it.
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @param limit Degrees; −0.833 for sunrise and sunset as almanacs have them.
 * @returns The crossings, ascending.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { solarAltitude } from "./sun_crossings.ts";
 * const altitude = solarAltitude({ latitude: 0, longitude: 0 });
 * const day = Date.UTC(2021, 2, 20);
 * const [rise, set] = sunCrossings(altitude, day, day + 86_400_000, -0.833);
 * assert(rise.rising && !set.rising && set.ms - rise.ms > 12 * 3_600_000);
 * ```
 */
export function sunCrossings(
  altitude: AltitudeOf,
  startMs: number,
  stopMs: number,
  limit: number,
): SunCrossing[] {
  const crossings: SunCrossing[] = [];
  for (const leg of sunPath(altitude, startMs, stopMs)) {
    const crossing = crossingOf(leg, altitude, limit);
    if (crossing) crossings.push(crossing);
  }
  return crossings;
}

/** Finds where a leg crosses a limit; nothing where it does not. Its start counts, its stop does not. */
export function crossingOf(
  leg: { startMs: number; stopMs: number; startAltitude: number; stopAltitude: number },
  altitude: AltitudeOf,
  limit: number,
): SunCrossing | undefined {
  const { startMs, stopMs, startAltitude, stopAltitude } = leg;
  if (startAltitude > limit === stopAltitude > limit) return undefined;
  const ms = findRoot((at) => altitude(at) - limit, startMs, stopMs, TOLERANCE_MS);
  return { ms, rising: stopAltitude > startAltitude, limit };
}

/** A place on Earth. */
export interface Place {
  /** Degrees north, −90 to 90. */
  latitude: number;
  /** Degrees east, −180 to 180. */
  longitude: number;
}

/** The altitude of the sun's centre at an instant, in degrees; time in epoch milliseconds. */
export type AltitudeOf = (ms: number) => number;

/**
 * The altitude of the sun's centre above the horizon of a place at sea level, geometric: without
 * refraction. The clock's UTC stands for UT1, at most 0.9 s off, which is 0.004°.
 *
 * Source: `astronomy-engine` (VSOP87, truncated; nutation, aberration, parallax). Held against
 * Skyfield with DE421 in `tests/analysis/sun/`.
 *
 * @param place Where.
 * @returns A function from epoch milliseconds to degrees, −90 to 90.
 * @throws {RangeError} Where the latitude or longitude can't be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const altitude = solarAltitude({ latitude: 0, longitude: 0 });
 * assert(altitude(Date.UTC(2021, 2, 20, 12)) > 87);
 * assert(altitude(Date.UTC(2021, 2, 20, 0)) < -87);
 * ```
 */
export function solarAltitude({ latitude, longitude }: Place): AltitudeOf {
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw new RangeError(
      `Cannot place the sun as a latitude is −90 to 90 and a longitude −180 to 180: found ` +
        `${latitude}, ${longitude}`,
    );
  }
  const observer = new Observer(latitude, longitude, 0);
  return (ms) => {
    const time = new AstroTime(new Date(ms));
    const { ra, dec } = Equator(Body.Sun, time, observer, true, true);
    return Horizon(time, observer, ra, dec).altitude;
  };
}

/** How far apart the sun is looked at before the moments between are computed. */
const STEP_MS = HOUR_MS;
/** Half the span over which the sun's rate of climbing is taken. */
const RATE_MS = 60_000;
/** The moment when the sun turns is known to this; its altitude hardly changes there. */
const TURN_TOLERANCE_MS = 1_000;

/** A stretch of time in which the sun only climbs, or only sinks. */
interface SunLeg {
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

/**
 * Finds where a function that is monotone between two points takes the value 0: regula falsi in the
 * Illinois form, which never leaves the bracket.
 *
 * Source: Dowell and Jarratt 1971, BIT 11:168.
 *
 * @param f A continuous function.
 * @param low One end of the bracket.
 * @param high The other end; `f` has another sign there.
 * @param tolerance How near is near enough, in the unit of `low`; > 0.
 * @returns A point within the bracket.
 * @throws {RangeError} Where `f` has the same sign at both ends.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(Math.abs(findRoot((x) => x * x - 2, 0, 2, 1e-9) - Math.SQRT2) < 1e-8);
 * ```
 */
export function findRoot(
  f: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  let [atLow, atHigh] = [f(low), f(high)];
  if (atLow === 0) return low;
  if (atHigh === 0) return high;
  if (!(atLow * atHigh < 0)) {
    throw new RangeError(`Cannot find a root as the signs at both ends agree: ${atLow}, ${atHigh}`);
  }
  let x = low;
  for (let step = 0; step < 100 && Math.abs(high - low) > tolerance; step++) {
    const before = x;
    x = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = f(x);
    if (value === 0 || (step > 0 && Math.abs(x - before) < tolerance / 2)) return x;
    if (value * atHigh < 0) [low, atLow] = [high, atHigh];
    else atLow /= 2; // the end that stays is weighed down, or the bracket would shrink from one side
    [high, atHigh] = [x, value];
  }
  return x;
}
