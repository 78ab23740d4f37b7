/**
 * Signed samples of 24 bits, little-endian, divided by 2^23.
 *
 * @param bytes Whole frames.
 * @param offset First byte of the first sample wanted.
 * @param stride Bytes from one sample of the channel to its next.
 * @param samples Where the samples go; its length says how many.
 */
export function decodePcm24(
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  stride: number,
  samples: Float32Array,
): void {
  for (let i = 0, at = offset; i < samples.length; i++, at += stride) {
    samples[i] = ((bytes[at] << 8) | (bytes[at + 1] << 16) | (bytes[at + 2] << 24)) / 2147483648;
  }
}
