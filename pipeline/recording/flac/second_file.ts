import type { RangeSource } from "../../places/mod.ts";
import { readWhole } from "../read_whole.ts";

/** Bytes read at once. */
const PIECE_BYTES = 1024 * 1024;

/** How a FLAC file begins: `fLaC`, then STREAMINFO's head, of which the first bit is left open. */
const START = [0x66, 0x4c, 0x61, 0x43, 0, 0, 0, 34];

/**
 * Finds where another FLAC file begins, by reading all that lies between.
 *
 * @param source The file.
 * @param from First byte of the first one's audio.
 * @param stop The byte after the last one's audio.
 * @returns The other's first byte; undefined where there is none.
 */
export async function secondFile(
  source: RangeSource,
  from: number,
  stop: number,
): Promise<number | undefined> {
  for (let offset = from; offset < stop; offset += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES + START.length - 1, stop - offset);
    const at = indexOfStart(await readWhole(source, offset, length));
    if (at >= 0) return offset + at;
  }
  return undefined;
}

function indexOfStart(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(START[0]); at >= 0; at = bytes.indexOf(START[0], at + 1)) {
    if (START.every((byte, i) => (i === 4 ? bytes[at + i] & 127 : bytes[at + i]) === byte)) {
      return at;
    }
  }
  return -1;
}
