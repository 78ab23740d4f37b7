/** What the fixtures hold: noise that wanders, with both ends of full scale in it. */
export interface Shape {
  readonly channels: number;
  readonly bits: number;
  readonly sampleRateHz: number;
  readonly frames: number;
}

/** Integers of each channel, the same on every call. */
export function signal({ channels, bits, frames }: Shape): Int32Array[] {
  const highest = 2 ** (bits - 1) - 1;
  let state = 1;
  return Array.from({ length: channels }, () => {
    let value = 0;
    return new Int32Array(frames).map((_, i) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      value = Math.max(-highest, Math.min(highest, value + (state >>> 24) - 128));
      if (i === 100) return highest;
      return i === 101 ? -highest - 1 : value;
    });
  });
}

/** The same as a recording gives it. */
export function samplesOf(values: Int32Array, bits: number): Float32Array {
  return Float32Array.from(values, (value) => value / 2 ** (bits - 1));
}

/** Bits of the whole bytes that a sample is stored in outside FLAC. */
export function containerBits(bits: number): number {
  return Math.ceil(bits / 8) * 8;
}

/** Little-endian integers, interleaved, left-justified in whole bytes; 8 bits and fewer as WAV has them. */
export function interleave(values: readonly Int32Array[], bits: number): Uint8Array<ArrayBuffer> {
  const container = containerBits(bits);
  const bytes = container / 8;
  const raw = new Uint8Array(values.length * values[0].length * bytes);
  const middle = bits < 8 ? 128 : 0;
  let at = 0;
  for (let i = 0; i < values[0].length; i++) {
    for (const channel of values) {
      const value = (channel[i] << (container - bits)) + middle;
      for (let byte = 0; byte < bytes; byte++) raw[at++] = value >> (8 * byte);
    }
  }
  return raw;
}
