import { parseBlockHeader } from "./block_header.ts";
import type { BlockHeader, BlockLayout } from "./block_header.ts";
import { crc16 } from "./crc16.ts";

/** Headers by chance that may stand within a block; there is hardly ever one. */
export const mostChance = 16;

/** A header and where it stands. */
export interface FoundHeader extends BlockHeader {
  /** Its first byte, counted in the bytes that were searched. */
  readonly at: number;
}

/**
 * All that looks like the header of a block.
 *
 * @param bytes Bytes of the file.
 * @param layout What the file's blocks are like.
 * @returns The headers in order; a few may be chance.
 */
export function findHeaders(bytes: Uint8Array, layout: BlockLayout): FoundHeader[] {
  const found: FoundHeader[] = [];
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const header = parseBlockHeader(bytes, at, layout);
    if (header !== undefined) found.push({ at, ...header });
  }
  return found;
}

/**
 * Finds where a block ends: where the header of the next begins and the checksum is right.
 *
 * @param bytes Bytes of the file.
 * @param headers What `findHeaders` found there.
 * @param index Which of them begins the block.
 * @returns The byte after the block, or undefined where it is not whole.
 */
export function blockStop(
  bytes: Uint8Array,
  headers: readonly FoundHeader[],
  index: number,
): number | undefined {
  const { at, startFrame, frames } = headers[index];
  const last = Math.min(headers.length - 1, index + 1 + mostChance);
  for (let next = index + 1; next <= last; next++) {
    const isNext = headers[next].startFrame === startFrame + frames;
    if (isNext && crc16(bytes, at, headers[next].at) === 0) return headers[next].at;
  }
  return undefined;
}
