import { type Chunk, text, u16, u32 } from "./wav_bytes.ts";

/** A raw file as the table of an x.wav names it. */
export interface RawFile {
  readonly startMs: number;
  /** First byte of its audio in the file, and how many. */
  readonly offset: number;
  readonly bytes: number;
  readonly sampleRateHz?: number;
}

/** Bytes of the chunk `harp` with its head. */
export const harpBytes = (rawFiles: number): number => 64 + 32 * rawFiles;

/** The chunk `harp` as Triton writes it; `count` overrides the number of raw files it names. */
export function harp(rawFiles: readonly RawFile[], count: number = rawFiles.length): Chunk {
  const head = [
    1,
    ...text("V2.01A    "),
    ...text("HARP"),
    ...text("SITE"),
    ...text("EXPERIM1"),
    1,
    ...text("12345678"),
    ...u16(count),
    ...u32(2 ** 32 - 12_218_600),
    ...u32(3_671_280),
    ...u16(891),
    ...new Array<number>(8).fill(0),
  ];
  const lines = rawFiles.flatMap(({ startMs, offset, bytes, sampleRateHz = 16_000 }) => {
    const date = new Date(startMs);
    return [
      date.getUTCFullYear() - 2000,
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
      ...u16(date.getUTCMilliseconds()),
      ...u32(offset),
      ...u32(bytes),
      ...u32(bytes / 512),
      ...u32(sampleRateHz),
      1,
      ...new Array<number>(7).fill(0),
    ];
  });
  return { name: "harp", body: [...head, ...lines] };
}
