/**
 * Whether a `Content-Range` (RFC 9110, 14.4) is exactly the rest of a file.
 *
 * @param header The header; nothing where the answer has none.
 * @param start The first byte that was asked for.
 * @param totalBytes Size of the whole file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isRestOf } from "./is_rest_of.ts";
 * assert(isRestOf("bytes 6-9/10", 6, 10));
 * assert(!isRestOf("bytes 5-9/10", 6, 10));
 * ```
 */
export function isRestOf(header: string | null, start: number, totalBytes: number): boolean {
  return header?.trim().toLowerCase() === `bytes ${start}-${totalBytes - 1}/${totalBytes}`;
}
