import type { RangeSource } from "../../places/mod.ts";
import { checkRate } from "../check_rate.ts";
import { unreadable } from "../unreadable.ts";

/** What STREAMINFO, the first metadata of a FLAC file, says; none of it need be true. */
export interface StreamInfo {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits of a sample, 4 to 32. */
  readonly bits: number;
  /** Frames of the smallest block but the last, and of the largest. */
  readonly leastBlockFrames: number;
  readonly mostBlockFrames: number;
  /** Bytes of the largest block; 0 where it doesn't know. */
  readonly largestBytes: number;
  /** Frames (one sample of each channel) that it declares; 0 where it doesn't know. */
  readonly declaredFrames: number;
}

/**
 * Reads STREAMINFO.
 *
 * Layout: RFC 9639, section 8.2.
 *
 * @param source The file, for the messages.
 * @param view Its 34 bytes.
 * @returns What it says.
 * @throws {MegapteraError} `data` where audio of this kind can't be.
 */
export function parseStreamInfo(source: RangeSource, view: DataView): StreamInfo {
  const packed = view.getUint32(10);
  const sampleRateHz = packed >>> 12;
  const bits = (packed >>> 4 & 31) + 1;
  checkRate(source, sampleRateHz);
  if (bits < 4) throw unreadable(source, `FLAC samples have 4 to 32 bits: its header says ${bits}`);
  return {
    sampleRateHz,
    channels: (packed >>> 9 & 7) + 1,
    bits,
    leastBlockFrames: view.getUint16(0),
    mostBlockFrames: view.getUint16(2),
    largestBytes: view.getUint32(6) & 0xffffff,
    declaredFrames: (packed & 15) * 2 ** 32 + view.getUint32(14),
  };
}
