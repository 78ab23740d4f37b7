import type { RangeSource } from "../places/mod.ts";
import { unreadable } from "./unreadable.ts";

/**
 * Reads bytes that must be there.
 *
 * @param source Where from.
 * @param offset First byte.
 * @param length How many, within the source.
 * @returns Just as many.
 * @throws {MegapteraError} `data` where the source gives less, and what reading throws.
 */
export async function readWhole(
  source: RangeSource,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(offset, length);
  if (bytes.length === length) return bytes;
  const got = `${bytes.length} of ${length} bytes came from byte ${offset}`;
  throw unreadable(source, `its source gave less than was asked for: ${got}`);
}
