import { type LostRecording, reasonWords } from "../pipeline/scores/mod.ts";
import { print } from "./print.ts";

/**
 * Puts a length of time into words.
 *
 * @param seconds Seconds, ≥ 0.
 * @returns `4:05`, `2:04:05` or `26:04:05`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(duration(3725) === "1:02:05");
 * ```
 */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/**
 * Puts a time that is only about right into words, with two or three digits.
 *
 * @param hours Hours, ≥ 0.
 * @returns Such as `13 days`, `9.6 h` or `29 min`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([312, 9.6, 0.484].map(hoursWords), ["13 days", "9.6 h", "29 min"]);
 * ```
 */
export function hoursWords(hours: number): string {
  const digits = (value: number): string => value < 10 ? value.toFixed(1) : value.toFixed(0);
  if (hours >= 48) return `${digits(hours / 24)} days`;
  return hours < 0.995 ? `${Math.round(hours * 60)} min` : `${digits(hours)} h`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/**
 * Puts a number of bytes into words, in powers of 1,000.
 *
 * @param count Bytes, ≥ 0.
 * @returns For example `4.15 GB`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(bytes(4_147_200_044), "4.15 GB");
 * assert.equal(bytes(999), "999 B");
 * ```
 */
export function bytes(count: number): string {
  let unit = 0;
  while (count >= 1000 && unit < UNITS.length - 1) {
    count /= 1000;
    unit++;
  }
  return `${unit === 0 ? count : count.toPrecision(3)} ${UNITS[unit]}`;
}

/** Most recordings that are named one by one. */
const MOST_NAMED = 100;

/** Gathers recordings that could not be had, or turned out bad, over all hours that are looked at. */
export class LostList {
  readonly #lost = new Map<string, LostRecording>();

  /** The number of recordings. */
  get size(): number {
    return this.#lost.size;
  }

  /** Adds those of some hours. */
  add(lost: readonly LostRecording[]): void {
    for (const { reason, seconds } of lost) {
      const key = `${reason.kind} ${reason.uri}`;
      this.#lost.set(key, { reason, seconds: (this.#lost.get(key)?.seconds ?? 0) + seconds });
    }
  }

  /** Prints their names, and the effort that each cost. */
  print(): void {
    for (const { reason, seconds } of [...this.#lost.values()].slice(0, MOST_NAMED)) {
      print(`Without effort: ${duration(seconds)}, ${reasonWords(reason)}.`);
    }
    if (this.size > MOST_NAMED) {
      print(`${this.size - MOST_NAMED} more recordings have the same problem.`);
    }
  }
}
