import { type RangeSource, sourceName } from "../../places/mod.ts";
import { checkRate, unreadable } from "../recording.ts";

/** The last 14 bytes of a sub-format that stands for a plain format tag. */
const plainSubFormat = "0000000010008000" + "00aa00389b71";
const EXTENSIBLE = 0xfffe;
const PCM = 1;
const FLOAT = 3;

/** Format in which the samples of a WAV file are stored. */
export interface WavFormat {
  /** Integers and floats are little-endian; integers of 8 bits have no sign, the others have one. */
  readonly encoding: "pcm" | "float";
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Bytes of one sample of one channel: 1 to 4 of integers, 4 or 8 of floats. */
  readonly sampleBytes: number;
  /** Bits of a sample as the header has them, and those of an integer that hold something. */
  readonly declaredBits: number;
  readonly validBits: number;
  /** By how many bits integers are moved up to full scale: above 0 where they stand low. */
  readonly shift: number;
}

/**
 * Reads the chunk `fmt `, `WAVE_FORMAT_EXTENSIBLE` included. Numbers in it that contradict each other
 * are read where they can be meant in one way only.
 *
 * Layout: WAVEFORMATEX and WAVEFORMATEXTENSIBLE in Microsoft's `mmreg.h`.
 *
 * @param source The file, for the messages.
 * @param chunk The chunk's first bytes, 40 where it has that many.
 * @returns The format, as if integers stood high in their bytes, and what was not believed.
 * @throws {MegapteraError} `data` where the format contradicts itself or is not read.
 */
export function parseFormat(
  source: RangeSource,
  chunk: DataView,
): { format: WavFormat; warnings: string[] } {
  if (chunk.byteLength < 16) {
    throw unreadable(source, `its "fmt " chunk is cut short: ${chunk.byteLength} of 16 bytes`);
  }
  const isFloat = formatTag(source, chunk) === FLOAT;
  const channels = chunk.getUint16(2, true);
  const sampleRateHz = chunk.getUint32(4, true);
  const byteRate = chunk.getUint32(8, true);
  const blockAlign = chunk.getUint16(12, true);
  const bits = chunk.getUint16(14, true);
  if (isFloat ? bits !== 32 && bits !== 64 : bits < 8 || bits > 32) {
    const [kind, known] = isFloat ? ["float", "32 or 64"] : ["PCM", "8 to 32"];
    throw unreadable(
      source,
      `its ${kind} samples must have ${known} bits: its header says ${bits}`,
    );
  }
  if (channels === 0) throw unreadable(source, "its header says that it has 0 channels");
  checkRate(source, sampleRateHz);

  const header: Header = { source, channels, sampleRateHz, byteRate, blockAlign, bits };
  const warnings: string[] = [];
  const sampleBytes = sampleSize(header, isFloat, warnings);
  checkByteRate(header, channels * sampleBytes, warnings);
  const said = chunk.getUint16(0, true) === EXTENSIBLE ? chunk.getUint16(18, true) : bits;
  // 0 is written by those who have nothing to say.
  const validBits = said > 0 && said < 8 * sampleBytes && !isFloat ? said : 8 * sampleBytes;
  const encoding = isFloat ? "float" : "pcm";
  const format = { channels, sampleRateHz, sampleBytes, declaredBits: bits, validBits, shift: 0 };
  return { format: { encoding, ...format }, warnings };
}

interface Header {
  readonly source: RangeSource;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly byteRate: number;
  readonly blockAlign: number;
  readonly bits: number;
}

/** Tells the bytes of a sample: by the size of a frame, unless the byte rate speaks against it. */
function sampleSize(header: Header, isFloat: boolean, warnings: string[]): number {
  const { source, channels, sampleRateHz, byteRate, blockAlign, bits } = header;
  const least = Math.ceil(bits / 8);
  if (blockAlign === channels * least) return least;
  const frame = `${channels} channels of ${bits} bits take ${channels * least} bytes`;
  if (byteRate === sampleRateHz * channels * least) {
    const name = sourceName(source);
    warnings.push(
      `The header of ${name} contradicts itself: ${frame}, as which they are read, yet it says ${blockAlign}.`,
    );
    return least;
  }
  // Such as 24 bits in 4 bytes. Of 16 bits in 4 bytes there might be one channel more.
  const room = blockAlign / channels;
  const isContainer = !isFloat && Number.isInteger(room) && room > least && room <= 4 &&
    room % least !== 0 && byteRate === sampleRateHz * blockAlign;
  if (isContainer) return room;
  throw unreadable(source, `its header contradicts itself: ${frame}, yet it says ${blockAlign}`);
}

/**
 * Passes over a byte rate that can be no more than a slip, as other programs do. One that would be
 * right at another sample rate leaves it open which of the two is meant.
 */
function checkByteRate(
  { source, channels, sampleRateHz, byteRate }: Header,
  frameBytes: number,
  warnings: string[],
): void {
  const right = sampleRateHz * frameBytes;
  if (byteRate === right) return;
  const otherHz = byteRate / frameBytes;
  // Bytes of a sample for those of a frame, bits for bytes, samples of another size, and the like.
  const slips = [1, 2, channels].flatMap((count) => [1, 2, 3, 4, 8].map((bytes) => count * bytes));
  const isSlip = [...slips, 8 * frameBytes].includes(byteRate / sampleRateHz);
  const frames = `${sampleRateHz} frames of ${frameBytes} bytes a second`;
  if (isSlip || !Number.isInteger(otherHz) || otherHz === 0 || byteRate === 0xffffffff) {
    const name = sourceName(source);
    warnings.push(
      `The header of ${name} contradicts itself: ${frames}, as which it is read, yet a byte rate of ` +
        `${byteRate}.`,
    );
    return;
  }
  throw unreadable(
    source,
    `its header contradicts itself: ${frames}, yet a byte rate of ${byteRate}, which is that of ` +
      `${otherHz} Hz: correct the one that is wrong`,
  );
}

function formatTag(source: RangeSource, chunk: DataView): number {
  let tag = chunk.getUint16(0, true);
  if (tag === EXTENSIBLE) {
    const bytes = Array.from({ length: chunk.byteLength }, (_, i) => chunk.getUint8(i));
    const subFormat = bytes.slice(24).map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (chunk.byteLength < 40 || subFormat.slice(4) !== plainSubFormat) {
      throw unreadable(source, `its sub-format is unknown: ${subFormat || "none is given"}`);
    }
    tag = chunk.getUint16(24, true);
  }
  if (tag === PCM || tag === FLOAT) return tag;
  const name = formatName(tag);
  throw unreadable(
    source,
    `its audio is not plain PCM or float samples: ${name}, convert it first`,
  );
}

/** Names of the compressed formats that users meet, by format tag (RFC 2361 and `mmreg.h`). */
const names = new Map([
  [0x0002, "Microsoft ADPCM"],
  [0x0006, "A-law"],
  [0x0007, "µ-law"],
  [0x0011, "IMA ADPCM"],
  [0x0031, "GSM 6.10"],
  [0x0050, "MPEG audio"],
  [0x0055, "MP3"],
  [0x00ff, "AAC"],
  [0x674f, "Ogg Vorbis"],
  [0xf1ac, "FLAC"],
]);

/**
 * Puts a WAV file's format tag in words.
 *
 * @param tag The format tag, 0 to 65535.
 * @returns For example `format tag 0x0011 (IMA ADPCM)`.
 */
function formatName(tag: number): string {
  const number = `format tag 0x${tag.toString(16).padStart(4, "0")}`;
  const name = names.get(tag);
  return name === undefined ? number : `${number} (${name})`;
}
