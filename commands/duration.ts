/**
 * A length of time for people.
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
