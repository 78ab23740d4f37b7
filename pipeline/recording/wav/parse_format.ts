import { checkRate } from "../check_rate.ts";
import type { RangeSource } from "../source.ts";
import { unreadable } from "../unreadable.ts";
import { formatName } from "./format_name.ts";

/** The last 14 bytes of a sub-format that stands for a plain format tag. */
const plainSubFormat = "0000000010008000" + "00aa00389b71";

/** How the samples of a WAV file are stored. */
export interface WavFormat {
  /** `pcm8` is unsigned; the other integers are signed, all little-endian. */
  readonly encoding: "pcm8" | "pcm16" | "pcm24" | "pcm32" | "float32" | "float64";
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Bytes of one sample of one channel. */
  readonly sampleBytes: number;
}

/**
 * Reads the chunk `fmt `, `WAVE_FORMAT_EXTENSIBLE` included. Samples of fewer valid bits than
 * their container are left-justified, so the container's bits alone matter.
 *
 * Layout: WAVEFORMATEX and WAVEFORMATEXTENSIBLE in Microsoft's `mmreg.h`.
 *
 * @param source The file, for the messages.
 * @param chunk The chunk's first bytes, 40 where it has that many.
 * @returns The format.
 * @throws {MegapteraError} `data` where the format contradicts itself or is not read.
 */
export function parseFormat(source: RangeSource, chunk: DataView): WavFormat {
  if (chunk.byteLength < 16) {
    throw unreadable(source, `its "fmt " chunk is cut short: ${chunk.byteLength} of 16 bytes`);
  }
  const tag = formatTag(source, chunk);
  const channels = chunk.getUint16(2, true);
  const sampleRateHz = chunk.getUint32(4, true);
  const byteRate = chunk.getUint32(8, true);
  const blockAlign = chunk.getUint16(12, true);
  const bits = chunk.getUint16(14, true);
  const encoding = encodingOf(tag, bits);
  if (encoding === undefined) {
    const kind = tag === 1 ? "PCM" : "float";
    const known = tag === 1 ? "8, 16, 24 or 32" : "32 or 64";
    throw unreadable(
      source,
      `its ${kind} samples must have ${known} bits: its header says ${bits}`,
    );
  }
  if (channels === 0) throw unreadable(source, "its header says that it has 0 channels");
  checkRate(source, sampleRateHz);
  const sampleBytes = bits / 8;
  if (blockAlign !== channels * sampleBytes) {
    const frame = `${channels} channels of ${bits} bits take ${channels * sampleBytes} bytes`;
    throw unreadable(source, `its header contradicts itself: ${frame}, yet it says ${blockAlign}`);
  }
  if (byteRate !== sampleRateHz * blockAlign) {
    const rate = `${sampleRateHz} frames of ${blockAlign} bytes a second`;
    throw unreadable(
      source,
      `its header contradicts itself: ${rate}, yet a byte rate of ${byteRate}`,
    );
  }
  return { encoding, channels, sampleRateHz, sampleBytes };
}

function formatTag(source: RangeSource, chunk: DataView): number {
  let tag = chunk.getUint16(0, true);
  if (tag === 0xfffe) {
    const bytes = Array.from({ length: chunk.byteLength }, (_, i) => chunk.getUint8(i));
    const subFormat = bytes.slice(24).map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (chunk.byteLength < 40 || subFormat.slice(4) !== plainSubFormat) {
      throw unreadable(source, `its sub-format is unknown: ${subFormat || "none is given"}`);
    }
    tag = chunk.getUint16(24, true);
  }
  if (tag === 1 || tag === 3) return tag;
  const name = formatName(tag);
  throw unreadable(
    source,
    `its audio is not plain PCM or float samples: ${name}, convert it first`,
  );
}

function encodingOf(tag: number, bits: number): WavFormat["encoding"] | undefined {
  if (tag === 3) return bits === 32 ? "float32" : bits === 64 ? "float64" : undefined;
  switch (bits) {
    case 8:
      return "pcm8";
    case 16:
      return "pcm16";
    case 24:
      return "pcm24";
    case 32:
      return "pcm32";
    default:
      return undefined;
  }
}
