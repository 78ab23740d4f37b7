import { crc8 } from "./crc8.ts";
import type { StreamInfo } from "./stream_info.ts";

/** Bytes that a header may have. */
export const mostHeaderBytes = 16;

/** What is needed to tell a block from other bytes. */
export interface BlockLayout extends Pick<StreamInfo, "sampleRateHz" | "channels" | "bits"> {
  /** Frames of a block where all have as many, which counts blocks instead of frames. */
  readonly blockFrames: number;
}

/** The head of a block, which FLAC calls a frame. A frame here is a sample of each channel. */
export interface BlockHeader {
  readonly startFrame: number;
  readonly frames: number;
  readonly headerBytes: number;
}

const sampleRates = [88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
const bitsByCode = [0, 8, 12, -1, 16, 20, 24, 32];

/**
 * Reads the header of a block, if one that fits the file begins there and its checksum is right.
 *
 * Layout: RFC 9639, section 9.1.
 *
 * @param bytes Bytes of the file.
 * @param at Where the header would begin; up to 16 bytes of it must be there.
 * @param layout What the file's blocks are like.
 * @returns The header, or undefined.
 */
export function parseBlockHeader(
  bytes: Uint8Array,
  at: number,
  layout: BlockLayout,
): BlockHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xfe) !== 0xf8) return undefined;
  const sizeCode = bytes[at + 2] >> 4;
  const rateCode = bytes[at + 2] & 15;
  const channelCode = bytes[at + 3] >> 4;
  const bits = bitsByCode[bytes[at + 3] >> 1 & 7];
  // Codes 8 to 10 are stereo as sums and differences.
  const channels = channelCode < 8 ? channelCode + 1 : channelCode < 11 ? 2 : 0;
  if (sizeCode === 0 || rateCode === 15 || (bytes[at + 3] & 1) === 1) return undefined;
  if (channels !== layout.channels || (bits !== 0 && bits !== layout.bits)) return undefined;

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
  let rateHz = rateCode === 0 ? layout.sampleRateHz : sampleRates[rateCode - 1];
  if (rateCode === 12) rateHz = bytes[end++] * 1000;
  if (rateCode === 13) rateHz = bytes[end++] << 8 | bytes[end++];
  if (rateCode === 14) rateHz = (bytes[end++] << 8 | bytes[end++]) * 10;
  if (rateHz !== layout.sampleRateHz || end >= bytes.length) return undefined;
  if (crc8(bytes, at, end + 1) !== 0) return undefined;
  const isVariable = (bytes[at + 1] & 1) === 1;
  const startFrame = isVariable ? number : number * layout.blockFrames;
  return { startFrame, frames, headerBytes: end + 1 - at };
}

/** Bytes of a number that is coded as UTF-8 codes characters, 1 to 7; 0 where it can't begin so. */
function numberBytes(first: number): number {
  if (first < 0x80) return 1;
  const ones = Math.clz32(~(first << 24));
  return ones === 1 || ones > 7 ? 0 : ones;
}
