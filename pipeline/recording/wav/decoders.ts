import { decodeFloat32 } from "./decode_float32.ts";
import { decodeFloat64 } from "./decode_float64.ts";
import { decodePcm16 } from "./decode_pcm16.ts";
import { decodePcm24 } from "./decode_pcm24.ts";
import { decodePcm32 } from "./decode_pcm32.ts";
import { decodePcm8 } from "./decode_pcm8.ts";
import type { WavFormat } from "./parse_format.ts";

/**
 * Decodes one channel of interleaved frames.
 *
 * @param bytes Whole frames.
 * @param offset First byte of the first sample wanted.
 * @param stride Bytes from one sample of the channel to its next.
 * @param samples Where the samples go; its length says how many.
 */
export type Decode = (
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  stride: number,
  samples: Float32Array,
) => void;

/** The decoder of each encoding. */
export const decoders: Readonly<Record<WavFormat["encoding"], Decode>> = {
  pcm8: decodePcm8,
  pcm16: decodePcm16,
  pcm24: decodePcm24,
  pcm32: decodePcm32,
  float32: decodeFloat32,
  float64: decodeFloat64,
};
