import { type RangeSource, sourceName } from "../../places/mod.ts";
import { unreadable } from "../recording.ts";
import type { WavFormat } from "./wav_format.ts";

/** A stretch of the samples of one channel among interleaved frames. */
interface Interleaved {
  /** Whole frames. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** First byte of the first sample wanted. */
  readonly offset: number;
  /** Bytes from one sample of the channel to its next. */
  readonly stride: number;
}

/**
 * Decodes samples of one channel: integers are divided by 2^(bits − 1), floats are given as stored.
 *
 * @param format How samples are stored.
 * @param from Where the samples are.
 * @param samples Where they go; its length says how many.
 */
export function decode(
  { encoding, sampleBytes, shift }: Pick<WavFormat, "encoding" | "sampleBytes" | "shift">,
  from: Interleaved,
  samples: Float32Array,
): void {
  if (encoding === "float") decodeFloat(sampleBytes, from, samples);
  else decodePcm(sampleBytes, shift, from, samples);
}

function decodePcm(
  sampleBytes: number,
  shift: number,
  { bytes, offset, stride }: Interleaved,
  samples: Float32Array,
): void {
  const count = samples.length;
  // Each is put into the highest of 32 bits, whose full scale is 2^31. A loop each, for speed.
  if (sampleBytes === 1) {
    for (let i = 0, at = offset; i < count; i++, at += stride) {
      samples[i] = (bytes[at] - 128 << 24 << shift) / 2 ** 31;
    }
  } else if (sampleBytes === 2) {
    for (let i = 0, at = offset; i < count; i++, at += stride) {
      samples[i] = ((bytes[at] << 16 | bytes[at + 1] << 24) << shift) / 2 ** 31;
    }
  } else if (sampleBytes === 3) {
    for (let i = 0, at = offset; i < count; i++, at += stride) {
      const value = bytes[at] << 8 | bytes[at + 1] << 16 | bytes[at + 2] << 24;
      samples[i] = (value << shift) / 2 ** 31;
    }
  } else {
    for (let i = 0, at = offset; i < count; i++, at += stride) {
      const value = bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24;
      samples[i] = (value << shift) / 2 ** 31;
    }
  }
}

function decodeFloat(
  sampleBytes: number,
  { bytes, offset, stride }: Interleaved,
  samples: Float32Array,
): void {
  // The machine's own order of bytes is little-endian wherever Deno runs; a view needs alignment.
  const aligned = bytes.byteOffset % sampleBytes === 0 ? bytes : bytes.slice();
  const Values = sampleBytes === 4 ? Float32Array : Float64Array;
  const count = Math.floor(aligned.length / sampleBytes);
  const values = new Values(aligned.buffer, aligned.byteOffset, count);
  const step = stride / sampleBytes;
  for (let i = 0, at = offset / sampleBytes; i < samples.length; i++, at += step) {
    samples[i] = values[at];
  }
}

/** Places that are looked at: what lies at the first comes with the header as a rule. */
const PLACES = 9;
const LOOKED_AT_BYTES = 2048;
const DECIBELS_A_BIT = 20 * Math.log10(2);

/**
 * Tells where integers stand that are shorter than their bytes, such as 24 bits in 4 bytes. They
 * should stand high, with zeros below; some programs write them low, 48 dB too quiet. The samples
 * decide, at places all over the file.
 *
 * @param source The file's bytes.
 * @param format What its header says.
 * @param dataOffset Where its audio begins.
 * @param frames How many frames there are.
 * @returns By how many bits samples are to be moved up, and a warning where that is more than 0 or
 * the header is not true.
 * @throws {MegapteraError} `data` where the samples fit neither, nor the header's own size of a sample.
 */
export async function justification(
  source: RangeSource,
  { sampleBytes, channels, declaredBits, validBits }: WavFormat,
  dataOffset: number,
  frames: number,
): Promise<{ shift: number; warnings: string[] }> {
  const containerBits = 8 * sampleBytes;
  const spare = containerBits - validBits;
  if (spare === 0) return { shift: 0, warnings: [] };
  const frameBytes = channels * sampleBytes;
  const count = Math.min(frames, Math.max(1, Math.floor(LOOKED_AT_BYTES / frameBytes)));
  let [isLow, isHigh, isWithoutSign] = [true, true, true];
  for (let place = 0; place < PLACES; place++) {
    const frame = Math.floor((frames - count) * place / (PLACES - 1));
    const bytes = await source.read(dataOffset + frame * frameBytes, count * frameBytes);
    let isSilent = true;
    for (let at = 0; at + sampleBytes <= bytes.length; at += sampleBytes) {
      const value = highest32(bytes, at, sampleBytes);
      if (value === 0) continue;
      isSilent = false;
      if (value << validBits !== 0) isHigh = false;
      if (value << spare >> spare !== value) isLow = false;
      if (value >>> (32 - spare) !== 0) isWithoutSign = false;
    }
    // Most stand high, which one place with sound shows.
    if (isHigh && !isSilent && place === 0) break;
  }
  if (isHigh) return { shift: 0, warnings: [] };
  const what = `${validBits} bits in ${containerBits}`;
  if (isLow || isWithoutSign) {
    const louder = `${(DECIBELS_A_BIT * spare).toFixed(0)} dB louder than its header has them`;
    const low = `stand low in theirs, ${what}, so that they are read ${louder}`;
    return { shift: spare, warnings: [`The samples of ${sourceName(source)} ${low}.`] };
  }
  if (Math.ceil(declaredBits / 8) < sampleBytes) {
    const frame = `${channels} channels take ${frameBytes} bytes, so ${what}`;
    throw unreadable(
      source,
      `its header contradicts itself: ${frame}, yet all ${containerBits} are in use`,
    );
  }
  const all = `declares ${what}: all ${containerBits} are in use, and read`;
  return { shift: 0, warnings: [`The header of ${sourceName(source)} ${all}.`] };
}

/** Reads a sample into the highest of 32 bits. */
function highest32(bytes: Uint8Array, at: number, sampleBytes: number): number {
  let value = sampleBytes === 1 ? bytes[at] - 128 << 24 : 0;
  for (let i = 0; sampleBytes > 1 && i < sampleBytes; i++) {
    value |= bytes[at + i] << 8 * (4 - sampleBytes + i);
  }
  return value;
}
