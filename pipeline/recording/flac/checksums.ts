/** One step of each checksum for each byte. */
const crc8Steps = Uint8Array.from({ length: 256 }, (_, byte) => steps(byte, 0x80, 0x107));
const crc16Steps = Uint16Array.from(
  { length: 256 },
  (_, byte) => steps(byte << 8, 0x8000, 0x18005),
);

function steps(value: number, highest: number, polynomial: number): number {
  for (let bit = 0; bit < 8; bit++) value = value << 1 ^ (value & highest ? polynomial : 0);
  return value;
}

/**
 * Computes the checksum that ends a FLAC block's header: polynomial x⁸ + x² + x + 1, from 0.
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
  for (let i = start; i < stop; i++) value = crc8Steps[value ^ bytes[i]];
  return value;
}

/**
 * Computes the checksum that ends a FLAC block: polynomial x¹⁶ + x¹⁵ + x² + 1, from 0.
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
    value = (value << 8 & 0xffff) ^ crc16Steps[value >> 8 ^ bytes[i]];
  }
  return value;
}
