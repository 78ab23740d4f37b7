import { SONG_MODEL } from "./song_model.ts";

/**
 * The part of a day's time that the model gives to song, on average over all that might have been.
 *
 * @param dayMs Start of the day (UTC), epoch milliseconds.
 * @returns 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(seasonMean(Date.UTC(2016, 6, 1)), 0);
 * assert.equal(seasonMean(Date.UTC(2016, 10, 10)), 0.643);
 * ```
 */
export function seasonMean(dayMs: number): number {
  const date = new Date(dayMs);
  const year = date.getUTCFullYear();
  const at = (of: number, [month, day]: readonly number[]): number => Date.UTC(of, month - 1, day);
  const { season } = SONG_MODEL;
  // The year's last point stands before its first, and its first after its last.
  const points = [
    [at(year - 1, season[season.length - 1]), season[season.length - 1][2]],
    ...season.map((point) => [at(year, point), point[2]]),
    [at(year + 1, season[0]), season[0][2]],
  ];
  const next = points.findIndex(([ms]) => ms > dayMs);
  const [[beforeMs, before], [afterMs, after]] = points.slice(next - 1);
  const strong = before + (after - before) * (dayMs - beforeMs) / (afterMs - beforeMs);
  const seasonYear = date.getUTCMonth() >= 7 ? year : year - 1;
  return seasonYear % 2 === 0 ? strong : strong * SONG_MODEL.weakYear;
}
