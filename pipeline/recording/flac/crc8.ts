const table = new Uint8Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value << 1 ^ (value & 0x80 ? 0x107 : 0);
  return value;
});

/**
 * The checksum that ends the header of a FLAC block: polynomial x⁸ + x² + x + 1, from 0.
 *
 * Definition: RFC 9639, section 9.1.8.
 *
 * @param bytes Bytes.
 * @param start First byte that counts.
 * @param stop The byte after the last that counts.
 * @returns 0 to 255; it is 0 where the last byte that counts is the right checksum.
 */
export function crc8(bytes: Uint8Array, start: number, stop: number): number {
  let value = 0;
  for (let i = start; i < stop; i++) value = table[value ^ bytes[i]];
  return value;
}
