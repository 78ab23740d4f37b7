import { checkRate } from "../check_rate.ts";
import type { RangeSource } from "../source.ts";
import { unreadable } from "../unreadable.ts";

/** What a block's header can say, up to the 24 bits of the decoder's floats. */
const knownBits = [8, 12, 16, 20, 24];

/** The decoder takes no more of one block at once. */
export const mostBlockBytes = 524_280;

/** What STREAMINFO, the first metadata of a FLAC file, says. */
export interface StreamInfo {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Bits of a sample: 8, 12, 16, 20 or 24. */
  readonly bits: number;
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
 * @throws {MegapteraError} `data` where audio of this kind is not read.
 */
export function parseStreamInfo(source: RangeSource, view: DataView): StreamInfo {
  const largestBytes = view.getUint32(6) & 0xffffff;
  const packed = view.getUint32(10);
  const sampleRateHz = packed >>> 12;
  const channels = (packed >>> 9 & 7) + 1;
  const bits = (packed >>> 4 & 31) + 1;
  checkRate(source, sampleRateHz);
  if (!knownBits.includes(bits)) {
    const fix = "convert it to 24 bits or to WAV";
    throw unreadable(
      source,
      `FLAC samples must have 8, 12, 16, 20 or 24 bits: it has ${bits}, ${fix}`,
    );
  }
  if (largestBytes > mostBlockBytes) {
    const size = `up to ${largestBytes} bytes where ${mostBlockBytes} are read`;
    throw unreadable(source, `its FLAC blocks are too large: ${size}, re-encode it with flac`);
  }
  const declaredFrames = (packed & 15) * 2 ** 32 + view.getUint32(14);
  return { sampleRateHz, channels, bits, declaredFrames };
}
