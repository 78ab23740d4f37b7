/**
 * Float samples of 32 bits, little-endian, as they are.
 *
 * @param bytes Whole frames.
 * @param offset First byte of the first sample wanted.
 * @param stride Bytes from one sample of the channel to its next.
 * @param samples Where the samples go; its length says how many.
 */
export function decodeFloat32(
  bytes: Uint8Array<ArrayBuffer>,
  offset: number,
  stride: number,
  samples: Float32Array,
): void {
  // The machine's own order of bytes is little-endian wherever Deno runs; a view needs alignment.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const count = Math.floor(aligned.length / 4);
  const values = new Float32Array(aligned.buffer, aligned.byteOffset, count);
  for (let i = 0, at = offset / 4; i < samples.length; i++, at += stride / 4) {
    samples[i] = values[at];
  }
}
