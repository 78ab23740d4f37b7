const table = new Uint16Array(256).map((_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit++) value = value << 1 ^ (value & 0x8000 ? 0x18005 : 0);
  return value;
});

/**
 * The checksum that ends a FLAC block: polynomial x¹⁶ + x¹⁵ + x² + 1, from 0.
 *
 * Definition: RFC 9639, section 9.3.
 *
 * @param bytes Bytes.
 * @param start First byte that counts.
 * @param stop The byte after the last that counts.
 * @returns 0 to 65535; it is 0 where the last two bytes that count are the right checksum.
 */
export function crc16(bytes: Uint8Array, start: number, stop: number): number {
  let value = 0;
  for (let i = start; i < stop; i++) {
    value = (value << 8 & 0xffff) ^ table[value >> 8 ^ bytes[i]];
  }
  return value;
}
