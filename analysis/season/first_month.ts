/**
 * The month in which seasons begin: humpbacks sing in the winter of their hemisphere, and a season is
 * to be cut where there is no song (Ryan 2018, JASA 144:1953, for the northern one; half a year later
 * in the southern one).
 *
 * @param latitude Of the hydrophone, degrees, north positive.
 * @returns 8 (August) from the equator north, 2 (February) south of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(firstMonthAt(36.7), 8);
 * assert.equal(firstMonthAt(-22.9), 2);
 * ```
 */
export function firstMonthAt(latitude: number): number {
  return latitude < 0 ? 2 : 8;
}
