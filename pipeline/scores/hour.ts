import { HOUR_MS, hourOf } from "../../core/mod.ts";

/** Bins of an hour: one a second of UTC. */
export const HOUR_BINS = 3_600;

const two = (value: number): string => String(value).padStart(2, "0");

/**
 * Names an hour's score files below the output folder, without their extension.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @returns `YYYY/MM/YYYYMMDD_HH`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(hourPath(Date.UTC(2021, 0, 1, 5)) === "2021/01/20210101_05");
 * ```
 */
export function hourPath(hourMs: number): string {
  const date = new Date(hourMs);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const month = two(date.getUTCMonth() + 1);
  return `${year}/${month}/${year}${month}${two(date.getUTCDate())}_${two(date.getUTCHours())}`;
}

/**
 * Lists the hours that a span of time touches.
 *
 * @param startMs First instant, epoch milliseconds.
 * @param stopMs The instant after the last.
 * @returns Starts of the hours, ascending.
 */
export function hoursBetween(startMs: number, stopMs: number): number[] {
  const hours: number[] = [];
  for (let hour = hourOf(startMs); hour < stopMs; hour += HOUR_MS) hours.push(hour);
  return hours;
}
