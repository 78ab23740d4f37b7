/**
 * Unsigned samples of 8 bits, divided by 128 about their middle.
 *
 * @param bytes Whole frames.
 * @param offset First byte of the first sample wanted.
 * @param stride Bytes from one sample of the channel to its next.
 * @param samples Where the samples go; its length says how many.
 */
export function decodePcm8(
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  stride: number,
  samples: Float32Array,
): void {
  for (let i = 0, at = offset; i < samples.length; i++, at += stride) {
    samples[i] = (bytes[at] - 128) / 128;
  }
}
