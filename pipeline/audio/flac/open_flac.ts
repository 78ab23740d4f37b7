import { type RangeSource, SourceFault } from "../../places/mod.ts";
import { harpTable } from "../harp_table.ts";
import {
  checkRequest,
  type LostFrames,
  type Recording,
  type SampleFormat,
  type TimedFrames,
} from "../recording.ts";
import { readSaidStarts, type SaidStart } from "../said_starts.ts";
import { SalvagedSource } from "../salvaged_source.ts";
import { audioExtent, type FlacLayout } from "./audio_extent.ts";
import { BlockReader, type LostBlock, seekBlock } from "./block_reader.ts";
import type { Block } from "./find_block.ts";
import { findMetadata, keptRiff, type SeekPoint } from "./find_metadata.ts";

/**
 * Opens a FLAC file: 4 to 32 bits, one to eight channels, blocks of fixed or varying size, with or
 * without a seek table or a number of frames in its header. Samples are the integers divided by
 * 2^(bits − 1), exactly up to 24 bits. Reading forwards goes on from where the last read ended, and a
 * jump reads about 100 kB to find its place. A damaged block costs its own frames.
 *
 * Format: RFC 9639.
 *
 * @param source The file's bytes. It is closed with the recording, or at once where this throws.
 * @returns The recording; where its header cannot be true and audio is there, with warnings.
 * @throws {MegapteraError} `data` where the file cannot be read, in one sentence that names it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openFlac } from "./open_flac.ts";
 * const text = new TextEncoder().encode("not audio");
 * const source = {
 *   uri: "memory:a.flac",
 *   sizeBytes: text.length,
 *   version: "1",
 *   read: (offset: number, length: number) => Promise.resolve(text.slice(offset, offset + length)),
 *   close: () => {},
 * };
 * await assert.rejects(openFlac(source), /not a FLAC file/);
 * ```
 */
export async function openFlac(source: RangeSource): Promise<Recording> {
  let seconds = 0;
  try {
    const metadata = await findMetadata(source);
    seconds = metadata.info.declaredFrames / metadata.info.sampleRateHz;
    const { layout, warnings } = await audioExtent(source, metadata);
    const { chunks, dataOffset } = await keptRiff(source, metadata.riffParts);
    const { channels, bits, frames, sampleRateHz } = layout;
    const frameBytes = channels * Math.ceil(bits / 8);
    const table = await harpTable(source, chunks, { dataOffset, frameBytes, frames, sampleRateHz });
    const said = await readSaidStarts(source, [...metadata.tags, ...chunks]);
    return new FlacRecording(source, metadata.seekPoints, layout, {
      saidStarts: said.saidStarts,
      stretches: table.stretches,
      warnings: [...warnings, ...table.warnings, ...said.warnings],
    });
  } catch (error) {
    source.close();
    const { sizeBytes } = source;
    throw SourceFault.withLength(error, { sizeBytes, ...(seconds > 0 && { seconds }) });
  }
}

/** Frames of the blocks read last that are kept, since the next read may begin a little before. */
const keptFrames = 131_072;

/**
 * Reads a FLAC file that is open. Reads may be asked for at once and are done one after another.
 */
class FlacRecording implements Recording {
  readonly source: RangeSource;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  readonly sampleFormat: SampleFormat;
  readonly stretches?: readonly TimedFrames[];
  readonly saidStarts: readonly SaidStart[];
  readonly warnings: readonly string[];
  readonly #layout: FlacLayout;
  readonly #seekPoints: readonly SeekPoint[];
  readonly #bytes: SalvagedSource;
  readonly #reader: BlockReader;
  /** The blocks read last, the latest at the end. */
  #kept: (Block | LostBlock)[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** Frame up to which will be read, until the source is told. */
  #plannedFrame: number | undefined;

  /**
   * @param source The file.
   * @param seekPoints Its seek table.
   * @param layout Where its blocks lie.
   * @param about When it was recorded by what it keeps of a WAV file, and what is odd about it.
   */
  constructor(
    source: RangeSource,
    seekPoints: readonly SeekPoint[],
    layout: FlacLayout,
    { saidStarts, stretches, warnings }: Required<
      Pick<Recording, "saidStarts" | "stretches" | "warnings">
    >,
  ) {
    this.source = source;
    this.sampleRateHz = layout.sampleRateHz;
    this.channels = layout.channels;
    this.frames = layout.frames;
    this.sampleFormat = { kind: "integer", bits: layout.bits };
    if (stretches.length > 0) this.stretches = stretches;
    this.saidStarts = saidStarts;
    this.warnings = warnings;
    this.#layout = layout;
    this.#seekPoints = seekPoints;
    this.#bytes = new SalvagedSource(source);
    this.#reader = new BlockReader(this.#bytes, layout);
  }

  async read(
    startFrame: number,
    frameCount: number,
    channel: number,
    onLost?: (lost: LostFrames) => void,
  ): Promise<Float32Array> {
    checkRequest(this, startFrame, frameCount, channel);
    const mine = this.#last.then(() => this.#readNow(startFrame, frameCount, channel, onLost));
    this.#last = mine.catch(() => {});
    return await mine;
  }

  willRead(_startFrame: number, stopFrame: number): void {
    // Where a frame lies is found by reading a little, so on disk it isn't worth knowing.
    if (this.source.willRead) this.#plannedFrame = Math.min(stopFrame, this.frames);
  }

  close(): void {
    this.source.close();
    this.#last = this.#last.then(() => {
      this.#kept = [];
    });
  }

  async #readNow(
    startFrame: number,
    frameCount: number,
    channel: number,
    onLost: ((lost: LostFrames) => void) | undefined,
  ): Promise<Float32Array> {
    const samples = new Float32Array(frameCount);
    for (let done = 0; done < frameCount;) {
      const frame = startFrame + done;
      const block = await this.#blockWith(frame);
      const from = frame - block.startFrame;
      const count = Math.min(frameCount - done, block.frames - from);
      if ("channels" in block) {
        samples.set(block.channels[channel].subarray(from, from + count), done);
      } else {
        const { reason, failed } = block;
        if (!onLost) throw new SourceFault("unreadable", reason, { uri: this.source.uri });
        const frames = { startFrame: frame, stopFrame: frame + count, kind: "unreadable" } as const;
        onLost({ ...frames, reason, ...(failed && { failed }) });
      }
      done += count;
    }
    return samples;
  }

  async #blockWith(frame: number): Promise<Block | LostBlock> {
    const holds = (block: Block | LostBlock): boolean =>
      block.startFrame <= frame && frame < block.startFrame + block.frames;
    const kept = this.#kept.find(holds);
    if (kept !== undefined) return kept;
    const { nextFrame } = this.#reader;
    if (frame !== nextFrame) {
      const place = await seekBlock(this.#bytes, this.#layout, this.#seekPoints, frame);
      const isOnTheWay = place.startFrame <= nextFrame && nextFrame <= frame;
      if (!isOnTheWay) this.#reader.seek(place.offset, place.startFrame);
    }
    await this.#plan();
    let block = await this.#reader.next();
    while (!holds(block)) block = await this.#reader.next();
    this.#keep(block);
    return block;
  }

  #keep(block: Block | LostBlock): void {
    this.#kept.push(block);
    let frames = this.#kept.reduce((sum, one) => sum + one.frames, 0);
    while (frames - this.#kept[0].frames >= keptFrames) frames -= this.#kept.shift()!.frames;
  }

  /** Tells the source what will be read, once the place to read from is known. */
  async #plan(): Promise<void> {
    const frame = this.#plannedFrame;
    if (frame === undefined) return;
    this.#plannedFrame = undefined;
    const stop = frame === this.frames
      ? this.#layout.stopOffset
      : (await seekBlock(this.#bytes, this.#layout, this.#seekPoints, frame)).offset;
    this.#reader.plan(stop);
  }
}
