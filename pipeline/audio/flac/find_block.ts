import type { RangeSource } from "../../places/mod.ts";
import { readWhole } from "../salvaged_source.ts";
import {
  type BlockLayout,
  crc16,
  isAlike,
  mostHeaderBytes,
  parseBlockHeader,
  startFrameOf,
} from "./block_header.ts";
import { type BlockFault, decodeBlock, SLACK_BYTES } from "./decode_block.ts";

/** A block of 65,535 frames of 8 channels of 32 bits takes 2.1 MB where nothing is compressed. */
export const mostBlockBytes = 2_250_000;
/** Bytes read to find a block about a place, at first. */
const probeBytes = 32 * 1024;

/** A whole block: both checksums are right, and its samples are in range. */
export interface Block {
  readonly startFrame: number;
  readonly frames: number;
  /** Size in the file, in bytes. */
  readonly bytes: number;
  /** Samples of each channel, full scale [−1, 1). */
  readonly channels: readonly Float32Array[];
}

/** A block and where it lies in the file. */
export interface FoundBlock extends Block {
  readonly offset: number;
}

/**
 * Gives bytes the room behind them that reading blocks needs.
 *
 * @param bytes Bytes of the file.
 * @returns The same bytes in a buffer that goes on behind them.
 */
export function withSlack(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length + SLACK_BYTES);
  copy.set(bytes);
  return copy.subarray(0, bytes.length);
}

/**
 * Reads a block of a file's own kind.
 *
 * @param bytes Bytes of the file, `withSlack`.
 * @param at Where the block would begin.
 * @param layout What the file's blocks are like.
 * @returns The block, or why there is none: `cut` where more bytes are needed to tell.
 */
export function readBlock(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  layout: BlockLayout,
): Block | BlockFault {
  const most = bytes.subarray(0, at + mostBlockBytes);
  const isCut = most.length === bytes.length;
  const header = parseBlockHeader(most, at);
  if (header === undefined) {
    return isCut && at + mostHeaderBytes > bytes.length ? "cut" : "damaged";
  }
  if (!isAlike(header, layout)) return "damaged";
  const { bits } = layout;
  const decoded = decodeBlock(most, at, header, bits);
  if (typeof decoded === "string") return isCut ? decoded : "damaged";
  const stop = decoded.stop + 2;
  if (stop > most.length) return isCut ? "cut" : "damaged";
  if (crc16(bytes, at, stop) !== 0) return "damaged";
  const samples = decoded.channels.map((values) => scaled(values, 2 ** (bits - 1)));
  if (!samples.every((values) => values !== undefined)) return "damaged";
  return {
    startFrame: startFrameOf(header, layout),
    frames: header.frames,
    bytes: stop - at,
    channels: samples,
  };
}

/** Integers divided by full scale; nothing where one lies outside it. */
function scaled(values: Float64Array, fullScale: number): Float32Array | undefined {
  const samples = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!(values[i] >= -fullScale && values[i] < fullScale)) return undefined;
    samples[i] = values[i] / fullScale;
  }
  return samples;
}

/** Limits of a search for a block. */
export interface BlockSearch {
  /** First byte that a block may begin at, and the byte after the last one's end. */
  readonly from: number;
  readonly stop: number;
  /** Bytes looked at before giving up; up to `stop` by default. */
  readonly most?: number;
  /** Tells whether a block is one that is looked for; any is by default. */
  readonly isWanted?: (block: Block) => boolean;
}

/**
 * Finds the first whole block from a place on.
 *
 * @param source The file.
 * @param layout What its blocks are like.
 * @param search Where to look.
 * @returns The block, or undefined where there is none.
 */
export async function findBlock(
  source: RangeSource,
  layout: BlockLayout,
  { from, stop, most = Infinity, isWanted = () => true }: BlockSearch,
): Promise<FoundBlock | undefined> {
  let length = probeBytes;
  for (let offset = from; offset < stop && offset - from < most;) {
    const bytes = withSlack(await readWhole(source, offset, Math.min(length, stop - offset)));
    const isAll = offset + bytes.length === stop;
    let at = bytes.indexOf(0xff);
    for (; at >= 0; at = bytes.indexOf(0xff, at + 1)) {
      const block = readBlock(bytes, at, layout);
      if (block === "cut" && !isAll) break;
      if (typeof block !== "string" && isWanted(block)) return { ...block, offset: offset + at };
    }
    // What may go on behind these bytes is read again with more of what follows.
    offset += at < 0 ? bytes.length : at;
    length = Math.min(4 * length, 2 * mostBlockBytes);
  }
  return undefined;
}

/**
 * Finds the last whole block of a piece of a file.
 *
 * @param source The file.
 * @param layout What its blocks are like.
 * @param from First byte that a block may begin at.
 * @param stop The byte after the last one's end.
 * @returns The block, or undefined where there is none.
 */
export async function lastBlock(
  source: RangeSource,
  layout: BlockLayout,
  from: number,
  stop: number,
): Promise<FoundBlock | undefined> {
  const bytes = withSlack(await readWhole(source, from, stop - from));
  for (
    let at = bytes.lastIndexOf(0xff);
    at >= 0;
    at = at > 0 ? bytes.lastIndexOf(0xff, at - 1) : -1
  ) {
    const block = readBlock(bytes, at, layout);
    if (typeof block !== "string") return { ...block, offset: from + at };
  }
  return undefined;
}
