import type { StreamInfo } from "./find_metadata.ts";

/** Bytes that a header may have. */
export const mostHeaderBytes = 16;

/** Layout that all blocks of a file share. */
export interface BlockLayout extends Pick<StreamInfo, "sampleRateHz" | "channels" | "bits"> {
  /** Frames of a block where headers count blocks; 1 where they count frames. */
  readonly blockFrames: number;
}

/** The head of a block, which FLAC calls a frame. A frame here is a sample of each channel. */
export interface BlockHeader {
  /** Number of the block, or of its first frame. */
  readonly number: number;
  /** Whether it says that frames are counted. */
  readonly countsFrames: boolean;
  readonly frames: number;
  readonly headerBytes: number;
  /** Nothing where it is left to STREAMINFO. */
  readonly sampleRateHz?: number;
  readonly bits?: number;
  readonly channels: number;
  /** The channels, or how two of them were turned into another two. */
  readonly channelCode: number;
}

const sampleRates = [88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
const bitsByCode = [0, 8, 12, -1, 16, 20, 24, 32];

/**
 * Reads the header of a block, if one begins there and its checksum is right.
 *
 * Layout: RFC 9639, section 9.1.
 *
 * @param bytes Bytes of the file.
 * @param at Where the header would begin; up to 16 bytes of it must be there.
 * @returns The header, or undefined.
 */
export function parseBlockHeader(bytes: Uint8Array, at: number): BlockHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xfe) !== 0xf8) return undefined;
  const sizeCode = bytes[at + 2] >> 4;
  const rateCode = bytes[at + 2] & 15;
  const channelCode = bytes[at + 3] >> 4;
  const bits = bitsByCode[bytes[at + 3] >> 1 & 7];
  if (sizeCode === 0 || rateCode === 15 || (bytes[at + 3] & 1) === 1) return undefined;
  if (channelCode > 10 || bits < 0) return undefined;

  const digits = numberBytes(bytes[at + 4]);
  if (digits === 0) return undefined;
  let number = digits === 1 ? bytes[at + 4] : bytes[at + 4] & (0x7f >> digits);
  let end = at + 5;
  for (; end < at + 4 + digits; end++) {
    if ((bytes[end] & 0xc0) !== 0x80) return undefined;
    number = number * 64 + (bytes[end] & 63);
  }
  let frames = sizeCode === 1 ? 192 : sizeCode < 6 ? 144 << sizeCode : 1 << sizeCode;
  if (sizeCode === 6) frames = bytes[end++] + 1;
  if (sizeCode === 7) frames = (bytes[end++] << 8 | bytes[end++]) + 1;
  let rateHz = rateCode === 0 ? 0 : sampleRates[rateCode - 1];
  if (rateCode === 12) rateHz = bytes[end++] * 1000;
  if (rateCode === 13) rateHz = bytes[end++] << 8 | bytes[end++];
  if (rateCode === 14) rateHz = (bytes[end++] << 8 | bytes[end++]) * 10;
  if (end >= bytes.length || crc8(bytes, at, end + 1) !== 0) return undefined;
  return {
    number,
    countsFrames: (bytes[at + 1] & 1) === 1,
    frames,
    headerBytes: end + 1 - at,
    ...(rateCode > 0 && { sampleRateHz: rateHz }),
    ...(bits > 0 && { bits }),
    // Codes 8 to 10 are stereo as sums and differences.
    channels: channelCode < 8 ? channelCode + 1 : 2,
    channelCode,
  };
}

/** Tells whether a block is of a file's own kind, as far as its header says. */
export function isAlike(
  { sampleRateHz, channels, bits }: BlockHeader,
  layout: BlockLayout,
): boolean {
  return channels === layout.channels && (bits ?? layout.bits) === layout.bits &&
    (sampleRateHz ?? layout.sampleRateHz) === layout.sampleRateHz;
}

/** Tells the first frame of a block, counted in its file. */
export function startFrameOf(
  { number, countsFrames }: BlockHeader,
  { blockFrames }: Pick<BlockLayout, "blockFrames">,
): number {
  return countsFrames ? number : number * blockFrames;
}

/**
 * Counts the bytes of a number that is coded as UTF-8 codes characters, 1 to 7; 0 where it can't
 * begin so.
 */
function numberBytes(first: number): number {
  if (first < 0x80) return 1;
  const ones = Math.clz32(~(first << 24));
  return ones === 1 || ones > 7 ? 0 : ones;
}

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
