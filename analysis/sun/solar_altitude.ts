import { AstroTime, Body, Equator, Horizon, Observer } from "astronomy-engine";

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
