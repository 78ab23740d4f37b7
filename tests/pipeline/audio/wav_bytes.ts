/** One chunk of a RIFF file; `size` overrides the size that it declares. */
export interface Chunk {
  readonly name: string;
  readonly body: Uint8Array | readonly number[];
  readonly size?: number;
}

/** A RIFF file made by hand, with each chunk padded to an even length. */
export function riff(chunks: readonly Chunk[], form = "RIFF"): Uint8Array<ArrayBuffer> {
  const parts = chunks.flatMap(({ name, body, size }) => [
    ...text(name),
    ...u32(size ?? body.length),
    ...body,
    ...(body.length % 2 === 1 ? [0] : []),
  ]);
  return Uint8Array.from([...text(form), ...u32(parts.length + 4), ...text("WAVE"), ...parts]);
}

/** What a `fmt ` chunk says; by default one channel of 16-bit PCM at 16 kHz. */
export interface Format {
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRateHz?: number;
  readonly bits?: number;
  readonly blockAlign?: number;
  readonly byteRate?: number;
  readonly extra?: readonly number[];
}

export function fmt(format: Format = {}): Chunk {
  const { tag = 1, channels = 1, sampleRateHz = 16000, bits = 16, extra = [] } = format;
  const { blockAlign = channels * bits / 8, byteRate = sampleRateHz * blockAlign } = format;
  const words = [...u16(tag), ...u16(channels), ...u32(sampleRateHz), ...u32(byteRate)];
  return { name: "fmt ", body: [...words, ...u16(blockAlign), ...u16(bits), ...extra] };
}

/** What follows in the extensible form: a plain format tag, and how many bits of a sample are valid. */
export function extensible(tag: number, validBits: number): readonly number[] {
  const tail = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
  return [...u16(22), ...u16(validBits), ...u32(0), ...u16(tag), ...tail];
}

export function text(characters: string): number[] {
  return [...characters].map((character) => character.charCodeAt(0));
}

export function u16(value: number): number[] {
  return [value & 255, value >> 8 & 255];
}

export function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16(Math.floor(value / 65536))];
}

export function u64(value: number): number[] {
  return [...u32(value % 2 ** 32), ...u32(Math.floor(value / 2 ** 32))];
}
