import { TimeZone } from "../../core/mod.ts";

/** Whose hours of the day: UTC, the sun's at a longitude, or the clocks' of a time zone. */
export type HourClock = "utc" | { solarAtLongitude: number } | { timeZone: string };

/**
 * Tells the hour of the day of an instant.
 *
 * @param clock `utc`; `{ solarAtLongitude }`, degrees east: local mean solar time, 4 minutes a
 * degree, within 17 minutes of a sundial's; or `{ timeZone }`, an IANA name, summer time included,
 * or a fixed offset such as `-08:00`.
 * @returns A function from epoch milliseconds to 0…23.
 * @throws {RangeError} Where the longitude is beyond ±180.
 * @throws {MegapteraError} `usage` where there is no such zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const noon = Date.UTC(2021, 6, 1, 20);
 * assert.equal(hourOfClock()(noon), 20);
 * assert.equal(hourOfClock({ solarAtLongitude: -122.186 })(noon), 11);
 * assert.equal(hourOfClock({ timeZone: "America/Los_Angeles" })(noon), 13);
 * ```
 */
export function hourOfClock(clock: HourClock = "utc"): (ms: number) => number {
  if (clock === "utc") return hourOfUtc;
  if ("solarAtLongitude" in clock) {
    const { solarAtLongitude: longitude } = clock;
    if (!(Math.abs(longitude) <= 180)) {
      throw new RangeError(`Cannot tell solar time as a longitude is −180 to 180: ${longitude}`);
    }
    return (ms) => hourOfUtc(ms + longitude * 240_000);
  }
  const zone = new TimeZone(clock.timeZone);
  return (ms) => hourOfUtc(ms + zone.offsetMs(ms));
}

function hourOfUtc(ms: number): number {
  return Math.floor((ms % 86_400_000 + 86_400_000) % 86_400_000 / 3_600_000);
}
