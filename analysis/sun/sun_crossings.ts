import { findRoot } from "./find_root.ts";
import type { AltitudeOf } from "./solar_altitude.ts";
import { sunPath } from "./sun_path.ts";

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
 * When the sun crosses a limit of altitude. None on days when it stays above or below: in polar day
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
 * import { solarAltitude } from "./solar_altitude.ts";
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

/** Where a leg crosses a limit; nothing where it does not. Its start counts, its stop does not. */
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
