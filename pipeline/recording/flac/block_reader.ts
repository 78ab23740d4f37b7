import type { MegapteraError } from "../../errors.ts";
import type { RangeSource } from "../source.ts";
import { unreadable } from "../unreadable.ts";
import type { FlacLayout } from "./audio_extent.ts";
import { mostHeaderBytes, parseBlockHeader } from "./block_header.ts";
import type { BlockHeader } from "./block_header.ts";
import { crc16 } from "./crc16.ts";
import { mostBlockBytes } from "./stream_info.ts";

/** Compressed bytes read at once: few after a jump, more while going on. */
const smallestPiece = 64 * 1024;
const largestPiece = 1024 * 1024;

/** A whole block, still compressed. */
export interface Block {
  readonly startFrame: number;
  readonly frames: number;
  readonly headerBytes: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Cuts a FLAC file into its blocks, one after another. Both checksums of each are checked. */
export class BlockReader {
  readonly #source: RangeSource;
  readonly #layout: FlacLayout;
  #buffer: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  /** Place of the buffer in the file. */
  #bufferOffset: number;
  /** Place of the next block in the buffer. */
  #at = 0;
  #nextFrame = 0;
  #pieceBytes = smallestPiece;
  /** Up to where large pieces are read. */
  #plannedOffset = Infinity;

  /**
   * @param source The file.
   * @param layout Where its blocks lie.
   */
  constructor(source: RangeSource, layout: FlacLayout) {
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
    this.#buffer = new Uint8Array(0);
    this.#bufferOffset = offset;
    this.#at = 0;
    this.#nextFrame = startFrame;
    this.#pieceBytes = smallestPiece;
  }

  /**
   * Reads the next block. Where that fails, the reader stays before it.
   *
   * @returns The block; its bytes are a view that stays as it is.
   * @throws {MegapteraError} `data` where the file is damaged there, and what reading throws.
   */
  async next(): Promise<Block> {
    await this.#need(mostHeaderBytes);
    const header = parseBlockHeader(this.#buffer, this.#at, this.#layout);
    if (header === undefined || header.startFrame !== this.#nextFrame) throw this.#damage();
    const length = await this.#blockBytes(header);
    const bytes = this.#buffer.subarray(this.#at, this.#at + length);
    this.#at += length;
    this.#nextFrame += header.frames;
    return { ...header, bytes };
  }

  async #blockBytes({ startFrame, frames, headerBytes }: BlockHeader): Promise<number> {
    const stopFrame = startFrame + frames;
    for (let length = headerBytes; length <= mostBlockBytes;) {
      const next = this.#buffer.indexOf(0xff, this.#at + length);
      length = (next < 0 ? this.#buffer.length : next) - this.#at;
      if (await this.#need(length + mostHeaderBytes) && next < 0) continue;
      if (this.#bufferOffset + this.#at + length >= this.#layout.stopOffset) {
        const isLast = stopFrame === this.#layout.frames;
        if (isLast && this.#isWhole(length)) return length;
        throw this.#damage();
      }
      const header = parseBlockHeader(this.#buffer, this.#at + length, this.#layout);
      if (header?.startFrame === stopFrame && this.#isWhole(length)) return length;
      length++;
    }
    throw this.#damage();
  }

  #isWhole(length: number): boolean {
    return crc16(this.#buffer, this.#at, this.#at + length) === 0;
  }

  /** Sees that so many bytes follow, where the file has them; true where it had to read. */
  async #need(length: number): Promise<boolean> {
    if (this.#at + length <= this.#buffer.length) return false;
    const offset = this.#bufferOffset + this.#buffer.length;
    const left = Math.max(0, this.#layout.stopOffset - offset);
    if (left === 0) return false;
    const planned = this.#plannedOffset - offset;
    const most = planned > 0 ? Math.min(planned, this.#pieceBytes) : smallestPiece;
    const piece = await this.#source.read(offset, Math.min(left, most));
    if (piece.length === 0) throw this.#damage();
    this.#pieceBytes = Math.min(2 * this.#pieceBytes, largestPiece);
    const kept = this.#buffer.subarray(this.#at);
    const buffer = new Uint8Array(kept.length + piece.length);
    buffer.set(kept);
    buffer.set(piece, kept.length);
    this.#buffer = buffer;
    this.#bufferOffset += this.#at;
    this.#at = 0;
    return true;
  }

  #damage(): MegapteraError {
    const second = Math.floor(this.#nextFrame / this.#layout.sampleRateHz);
    const place = `no whole FLAC block is found at byte ${this.#bufferOffset + this.#at}`;
    const reason = `its audio is damaged about second ${second}: ${place}, copy or make it again`;
    return unreadable(this.#source, reason);
  }
}
