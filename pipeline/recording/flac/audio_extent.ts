import type { RangeSource } from "../source.ts";
import { sourceName } from "../source_name.ts";
import { unreadable } from "../unreadable.ts";
import { audioStop } from "./audio_stop.ts";
import { parseBlockHeader } from "./block_header.ts";
import type { BlockLayout } from "./block_header.ts";
import { crc16 } from "./crc16.ts";
import { blockStop, findHeaders, mostChance } from "./find_headers.ts";
import type { FlacMetadata } from "./find_metadata.ts";

/** How far back from its end a file is searched for a whole block: first, and at most. */
const firstSearchedBytes = 16 * 1024;
const searchedBytes = 4 * 1024 * 1024;

/**
 * Recorders that set aside space leave zeros at the end. Zeros change neither the checksum nor
 * what is decoded, so a few are kept, which may be the block's own.
 */
const keptZeros = 16;

/** The whole blocks of a FLAC file. */
export interface FlacLayout extends BlockLayout {
  /** First byte of the first block. */
  readonly audioOffset: number;
  /** The byte after the last whole block. */
  readonly stopOffset: number;
  /** Frames up to there. */
  readonly frames: number;
}

/**
 * Finds the first block and the last that is whole. Recorders that lose power, and programs that
 * write to a pipe, leave no number of frames or a wrong one, so the blocks are believed.
 *
 * @param source The file.
 * @param metadata What precedes its audio.
 * @returns Its layout, and sentences on what was not believed or dropped.
 * @throws {MegapteraError} `data` where no whole block is found at an end.
 */
export async function audioExtent(
  source: RangeSource,
  { info, audioOffset }: FlacMetadata,
): Promise<{ layout: FlacLayout; warnings: string[] }> {
  // The number of the first block is 0 whatever the number of frames of a block.
  const start = await source.read(audioOffset, 64);
  const first = parseBlockHeader(start, 0, { ...info, blockFrames: 1 });
  if (first === undefined) {
    throw unreadable(source, `no FLAC block begins where its header ends, at byte ${audioOffset}`);
  }
  if (first.startFrame !== 0) {
    const found = `its first block is not number 0 but ${first.startFrame}`;
    throw unreadable(source, `it is a part of a longer file: ${found}, re-encode it with flac`);
  }
  const { sampleRateHz, channels, bits, declaredFrames } = info;
  const shape = { sampleRateHz, channels, bits, blockFrames: first.frames };
  const stop = await audioStop(source);
  const last = await lastWholeBlock(source, shape, audioOffset, stop);
  const warnings: string[] = [];
  const name = sourceName(source);
  if (declaredFrames !== last.frames) {
    const declared = declaredFrames === 0 ? "an unknown number of" : declaredFrames;
    const there = `${last.frames} are there, which are read`;
    warnings.push(`The header of ${name} declares ${declared} frames of audio: ${there}.`);
  }
  const rest = stop - last.stopOffset;
  if (rest > 0) {
    const what = `its last ${rest} bytes are not a whole FLAC block`;
    warnings.push(`The audio of ${name} is cut short: ${what}, so they are dropped.`);
  }
  return { layout: { ...shape, audioOffset, ...last }, warnings };
}

async function lastWholeBlock(
  source: RangeSource,
  shape: BlockLayout,
  audioOffset: number,
  stop: number,
): Promise<Pick<FlacLayout, "frames" | "stopOffset">> {
  for (let length = firstSearchedBytes;; length *= 4) {
    const from = Math.max(audioOffset, stop - Math.min(length, searchedBytes));
    const bytes = await source.read(from, Math.max(0, stop - from));
    const headers = findHeaders(bytes, shape);
    const end = Math.min(bytes.length, bytes.findLastIndex((byte) => byte !== 0) + 1 + keptZeros);
    for (let i = headers.length - 1; i >= 0; i--) {
      const { at, startFrame, frames } = headers[i];
      const mayBeLast = i >= headers.length - 1 - mostChance;
      const isLast = mayBeLast && crc16(bytes, at, end) === 0;
      const blockEnd = isLast ? end : blockStop(bytes, headers, i);
      if (blockEnd !== undefined) {
        return { frames: startFrame + frames, stopOffset: from + blockEnd };
      }
    }
    if (from === audioOffset || length >= searchedBytes) {
      const where = `none is whole in its last ${bytes.length} bytes`;
      throw unreadable(source, `it is cut off or damaged: of its FLAC blocks ${where}`);
    }
  }
}
