import type { WavFormat } from "./parse_format.ts";

/** A stretch of the samples of one channel among interleaved frames. */
export interface Interleaved {
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
