import { type RangeSource, sourceName } from "../../places/mod.ts";
import { readWhole, type SalvagedSource } from "../salvaged_source.ts";
import { type FlacLayout, secondFile } from "./audio_extent.ts";
import {
  type BlockHeader,
  isAlike,
  mostHeaderBytes,
  parseBlockHeader,
  startFrameOf,
} from "./block_header.ts";
import { type Block, findBlock, mostBlockBytes, readBlock, withSlack } from "./find_block.ts";
import type { SeekPoint } from "./find_metadata.ts";

/** Compressed bytes read at once: few after a jump, more while going on. */
const smallestPiece = 64 * 1024;
const largestPiece = 1024 * 1024;

/** Frames whose block is damaged or missing. */
export interface LostBlock {
  readonly startFrame: number;
  readonly frames: number;
  /** Why, in one sentence that names the file. */
  readonly reason: string;
  /** Set where the disk failed. */
  readonly failed?: true;
}

/** Reads the blocks of a FLAC file, one after another. Both checksums of each are checked. */
export class BlockReader {
  readonly #source: SalvagedSource;
  readonly #layout: FlacLayout;
  #buffer: Uint8Array<ArrayBuffer> = withSlack(new Uint8Array(0));
  /** Place of the buffer in the file. */
  #bufferOffset: number;
  /** Place of the next block in the buffer. */
  #at = 0;
  #nextFrame = 0;
  #pieceBytes = smallestPiece;
  /** Byte up to which large pieces are read. */
  #plannedOffset = Infinity;

  /**
   * @param source The file.
   * @param layout Where its blocks lie.
   */
  constructor(source: SalvagedSource, layout: FlacLayout) {
    this.#source = source;
    this.#layout = layout;
    this.#bufferOffset = layout.audioOffset;
  }

  /** First frame of the block that is read next. */
  get nextFrame(): number {
    return this.#nextFrame;
  }

  /**
   * Says up to where blocks will be read: nothing large is read across it, and a source far away
   * fetches ahead up to it.
   *
   * @param offset The byte after the last that is surely needed.
   */
  plan(offset: number): void {
    this.#plannedOffset = offset;
    this.#source.willRead?.(this.#bufferOffset + this.#buffer.length, offset);
  }

  /**
   * Goes elsewhere.
   *
   * @param offset First byte of a block.
   * @param startFrame First frame of that block.
   */
  seek(offset: number, startFrame: number): void {
    this.#buffer = withSlack(new Uint8Array(0));
    this.#bufferOffset = offset;
    this.#at = 0;
    this.#nextFrame = startFrame;
    this.#pieceBytes = smallestPiece;
  }

  /**
   * Reads the next block. Where it is damaged, what is lost ends where the next whole one begins.
   *
   * @returns The block, or what is lost in its place.
   * @throws {MegapteraError} What reading throws. The reader stays before the block then.
   */
  async next(): Promise<Block | LostBlock> {
    await this.#need(mostHeaderBytes);
    let block = readBlock(this.#buffer, this.#at, this.#layout);
    while (block === "cut" && await this.#need(this.#buffer.length - this.#at + 1)) {
      block = readBlock(this.#buffer, this.#at, this.#layout);
    }
    const isNext = typeof block !== "string" && block.startFrame === this.#nextFrame &&
      block.startFrame + block.frames <= this.#layout.frames;
    if (typeof block === "string" || !isNext) {
      const lost = await this.#lose();
      return lost.frames > 0 ? lost : await this.next();
    }
    this.#at += block.bytes;
    this.#nextFrame += block.frames;
    return block;
  }

  /** Sees that so many bytes follow, where the file has them; true where it had to read. */
  async #need(length: number): Promise<boolean> {
    if (this.#at + length <= this.#buffer.length) return false;
    const offset = this.#bufferOffset + this.#buffer.length;
    const left = Math.max(0, this.#layout.stopOffset - offset);
    if (left === 0) return false;
    const planned = this.#plannedOffset - offset;
    const most = planned > 0 ? Math.min(planned, this.#pieceBytes) : smallestPiece;
    const piece = await readWhole(this.#source, offset, Math.min(left, most));
    this.#pieceBytes = Math.min(2 * this.#pieceBytes, largestPiece);
    const kept = this.#buffer.subarray(this.#at);
    const buffer = withSlack(new Uint8Array(kept.length + piece.length));
    buffer.set(kept);
    buffer.set(piece, kept.length);
    this.#buffer = buffer;
    this.#bufferOffset += this.#at;
    this.#at = 0;
    return true;
  }

  /** Passes over what is no block, up to the next whole one, or to the end. */
  async #lose(): Promise<LostBlock> {
    const { frames: allFrames, stopOffset, sampleRateHz } = this.#layout;
    const startFrame = this.#nextFrame;
    const from = this.#bufferOffset + this.#at;
    const header = parseBlockHeader(this.#buffer, this.#at);
    const found = await findBlock(this.#source, this.#layout, {
      from,
      stop: stopOffset,
      isWanted: (block) =>
        block.startFrame >= startFrame && block.startFrame + block.frames <= allFrames,
    });
    const other = await secondFile(this.#source, from, found?.offset ?? stopOffset);
    const stopFrame = found && other === undefined ? found.startFrame : allFrames;
    this.seek(stopFrame < allFrames ? found!.offset : stopOffset, stopFrame);
    const gap = this.#source.gapsWithin(from, found?.offset ?? stopOffset)[0];
    if (gap) {
      const { message: reason } = gap.fault;
      return { startFrame, frames: stopFrame - startFrame, reason, failed: true };
    }
    const what = other !== undefined
      ? "another FLAC file begins there"
      : header !== undefined && !isAlike(header, this.#layout)
      ? `its blocks are of another kind there (${kindOf(header)})`
      : "a FLAC block is damaged or missing there";
    const [start, stop] = [startFrame, stopFrame].map((frame) => (frame / sampleRateHz).toFixed(3));
    return {
      startFrame,
      frames: stopFrame - startFrame,
      reason: `Cannot read ${sourceName(this.#source)} from its second ${start} to ${stop} as ` +
        `${what}, at byte ${from}: copy or make it again.`,
    };
  }
}

function kindOf({ channels, bits, sampleRateHz }: BlockHeader): string {
  const of = [bits && `${bits} bits`, sampleRateHz && `${sampleRateHz} Hz`].filter(Boolean);
  return [`${channels} channel${channels === 1 ? "" : "s"}`, ...of].join(", ");
}

/** Bytes before the estimate of a place where it is looked for. */
const leadBytes = 16 * 1024;
/** Bytes before the frame that are read through instead of looking on. */
const nearBytes = 64 * 1024;
/** Halving alone takes 40 steps for a file of 64 PB; a third of the steps halve. */
const mostSteps = 120;

/**
 * Finds a block at or shortly before a frame: by the seek table where it is true, then by looking
 * for whole blocks where the frame should lie.
 *
 * @param source The file.
 * @param layout Where its blocks lie.
 * @param seekPoints Its seek table.
 * @param frame The frame wanted, 0 ≤ frame < layout.frames.
 * @returns Where a block begins, and its first frame, which is `frame` or before.
 */
export async function seekBlock(
  source: RangeSource,
  layout: FlacLayout,
  seekPoints: readonly SeekPoint[],
  frame: number,
): Promise<SeekPoint> {
  let low: SeekPoint = { startFrame: 0, offset: layout.audioOffset };
  let high: SeekPoint = { startFrame: layout.frames, offset: layout.stopOffset };
  const before = seekPoints.findLast((point) => point.startFrame <= frame);
  const after = seekPoints.find((point) => point.startFrame > frame);
  if (before && await isTrue(source, layout, before)) low = before;
  if (after && await isTrue(source, layout, after)) high = after;
  for (let step = 0; step < mostSteps; step++) {
    const span = high.offset - low.offset;
    const share = (frame - low.startFrame) / (high.startFrame - low.startFrame);
    if (span * share <= nearBytes) break;
    const ahead = Math.floor(span * (step % 3 === 2 ? 0.5 : share)) - leadBytes;
    const from = low.offset + Math.max(1, ahead);
    const search = { from, stop: high.offset, most: 2 * mostBlockBytes };
    const found = await findBlock(source, layout, search);
    // A number that is out of order is of another file's block behind this one's.
    const isIn = found && found.startFrame > low.startFrame && found.startFrame < high.startFrame;
    if (!isIn) high = { ...high, offset: from };
    else if (found.startFrame > frame) high = { startFrame: found.startFrame, offset: from };
    else low = found;
  }
  return low;
}

async function isTrue(
  source: RangeSource,
  layout: FlacLayout,
  { offset, startFrame }: SeekPoint,
): Promise<boolean> {
  if (offset < layout.audioOffset || offset >= layout.stopOffset) return false;
  const header = parseBlockHeader(await source.read(offset, mostHeaderBytes), 0);
  return header !== undefined && isAlike(header, layout) &&
    startFrameOf(header, layout) === startFrame;
}
