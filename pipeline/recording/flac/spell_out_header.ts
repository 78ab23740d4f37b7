import type { Block } from "./block_reader.ts";
import { crc16 } from "./crc16.ts";
import { crc8 } from "./crc8.ts";

/** Codes of the bits of a sample; others can only be said in STREAMINFO. */
const bitsCodes = new Map([[8, 1], [12, 2], [16, 4], [20, 5], [24, 6]]);
/** Any rate will do, as it changes no sample: 16 kHz. */
const someRateCode = 5;

/**
 * Makes a block stand alone where its header leaves the rate or the bits to STREAMINFO. The
 * decoder is given no STREAMINFO, since with one it writes outside its memory for some files.
 *
 * Layout: RFC 9639, section 9.1.
 *
 * @param block A whole block.
 * @param bits Bits of a sample: 8, 12, 16, 20 or 24.
 * @returns The block's bytes, or a copy with both in its header and both checksums anew.
 */
export function spellOutHeader({ bytes, headerBytes }: Block, bits: number): Uint8Array {
  const rateCode = bytes[2] & 15;
  const bitsCode = bytes[3] >> 1 & 7;
  if (rateCode !== 0 && bitsCode !== 0) return bytes;
  const copy = bytes.slice();
  if (rateCode === 0) copy[2] |= someRateCode;
  copy[3] = copy[3] & 0xf1 | bitsCodes.get(bits)! << 1;
  copy[headerBytes - 1] = crc8(copy, 0, headerBytes - 1);
  const sum = crc16(copy, 0, copy.length - 2);
  copy[copy.length - 2] = sum >> 8;
  copy[copy.length - 1] = sum & 255;
  return copy;
}
