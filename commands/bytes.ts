const UNITS = ["B", "kB", "MB", "GB", "TB"];

/**
 * A number of bytes for people, in powers of 1,000.
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
