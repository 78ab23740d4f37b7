/**
 * Tells whether a place is an address, such as `s3://…`, `https://…` or `file:///…`, and not a path.
 *
 * @param place What a user or a manifest names.
 * @returns Whether it begins with a scheme of two letters or more, so that `C:\…` is a path.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(["s3://sea/2021", "C:\\sea", "/sea"].map(isAddress), [true, false, false]);
 * ```
 */
export function isAddress(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(place);
}
