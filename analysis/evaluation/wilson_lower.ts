/** Quantile of the normal distribution for a one-sided bound of 95 %. */
export const Z_95 = 1.6448536269514722;

/**
 * Lower bound of a share, one-sided 95 %, by Wilson's interval. Only for independent items, such as
 * clips drawn at random at least an hour apart: seconds of one recording are not.
 *
 * Source: E. B. Wilson, "Probable inference", JASA 22 (1927) 209.
 *
 * @param hits Number of items that have it, 0 to `of`.
 * @param of Number of items, > 0.
 * @returns 0 to 1.
 * @throws {RangeError} Where the numbers can't be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(wilsonLower(190, 200).toFixed(3) === "0.918");
 * ```
 */
export function wilsonLower(hits: number, of: number): number {
  if (!(of > 0 && hits >= 0 && hits <= of)) {
    throw new RangeError(`Cannot bound a share of ${hits} of ${of}`);
  }
  const [share, z2] = [hits / of, Z_95 ** 2];
  const spread = Z_95 * Math.sqrt(share * (1 - share) / of + z2 / (4 * of * of));
  return Math.max(0, (share + z2 / (2 * of) - spread) / (1 + z2 / of));
}
