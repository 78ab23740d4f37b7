import { MegapteraError } from "../../errors.ts";
import { checkRequest } from "../check_request.ts";
import type { Recording, Stretch } from "../recording.ts";
import type { SaidStart } from "../said_starts.ts";
import type { RangeSource } from "../source.ts";
import { unreadable } from "../unreadable.ts";
import type { FlacLayout } from "./audio_extent.ts";
import { BlockDecoder } from "./block_decoder.ts";
import { BlockReader } from "./block_reader.ts";
import type { Block } from "./block_reader.ts";
import type { SeekPoint } from "./find_metadata.ts";
import { seekBlock } from "./seek_block.ts";

/** Frames decoded at once, unless one block has more. */
const batchFrames = 65_536;

interface Batch {
  readonly startFrame: number;
  readonly stopFrame: number;
  /** Samples of each channel as the decoder gives them. */
  readonly channels: readonly Float32Array[];
}

/** A FLAC file that is open. Reads may be asked for at once and are done one after another. */
export class FlacRecording implements Recording {
  readonly source: RangeSource;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly frames: number;
  readonly stretches?: readonly Stretch[];
  readonly saidStarts: readonly SaidStart[];
  readonly warnings: readonly string[];
  readonly #layout: FlacLayout;
  readonly #seekPoints: readonly SeekPoint[];
  readonly #reader: BlockReader;
  readonly #decoder: BlockDecoder;
  /** The last two decoded, since the next read may begin a little before the last one's end. */
  #batches: Batch[] = [];
  #last: Promise<unknown> = Promise.resolve();
  /** Up to which frame will be read, until the source is told. */
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
    if (stretches.length > 0) this.stretches = stretches;
    this.saidStarts = saidStarts;
    this.warnings = warnings;
    this.#layout = layout;
    this.#seekPoints = seekPoints;
    this.#reader = new BlockReader(source, layout);
    this.#decoder = new BlockDecoder(layout.bits);
  }

  async read(startFrame: number, frameCount: number, channel: number): Promise<Float32Array> {
    checkRequest(this, startFrame, frameCount, channel);
    const mine = this.#last.then(() => this.#readNow(startFrame, frameCount, channel));
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
      this.#decoder.free();
      this.#batches = [];
    });
  }

  async #readNow(startFrame: number, frameCount: number, channel: number): Promise<Float32Array> {
    const samples = new Float32Array(frameCount);
    const fullScale = 2 ** (this.#layout.bits - 1);
    for (let done = 0; done < frameCount;) {
      const frame = startFrame + done;
      const batch = await this.#batchWith(frame);
      const from = frame - batch.startFrame;
      const count = Math.min(frameCount - done, batch.stopFrame - frame);
      const decoded = batch.channels[channel];
      for (let i = 0; i < count; i++) {
        // The decoder divides by one less; all integers of up to 24 bits come back exactly.
        samples[done + i] = Math.round(decoded[from + i] * (fullScale - 1)) / fullScale;
      }
      done += count;
    }
    return samples;
  }

  async #batchWith(frame: number): Promise<Batch> {
    const kept = this.#batches.find((batch) =>
      batch.startFrame <= frame && frame < batch.stopFrame
    );
    if (kept !== undefined) return kept;
    const { nextFrame } = this.#reader;
    if (frame !== nextFrame) {
      const place = await seekBlock(this.source, this.#layout, this.#seekPoints, frame);
      const isOnTheWay = place.startFrame <= nextFrame && nextFrame <= frame;
      if (!isOnTheWay) this.#reader.seek(place.offset, place.startFrame);
    }
    await this.#plan();
    let block = await this.#reader.next();
    while (block.startFrame + block.frames <= frame) block = await this.#reader.next();
    const batch = await this.#decode(block);
    this.#batches = [...this.#batches.slice(-1), batch];
    return batch;
  }

  /** Tells the source what will be read, once the place to read from is known. */
  async #plan(): Promise<void> {
    const frame = this.#plannedFrame;
    if (frame === undefined) return;
    this.#plannedFrame = undefined;
    const stop = frame === this.frames
      ? this.#layout.stopOffset
      : (await seekBlock(this.source, this.#layout, this.#seekPoints, frame)).offset;
    this.#reader.plan(stop);
  }

  /** Decodes a block and what follows it. */
  async #decode(first: Block): Promise<Batch> {
    const blocks = [first];
    const { startFrame } = first;
    let stopFrame = startFrame + first.frames;
    while (stopFrame < this.frames && stopFrame - startFrame < batchFrames) {
      try {
        const block = await this.#reader.next();
        blocks.push(block);
        stopFrame += block.frames;
      } catch (error) {
        // What was asked for may end before: if not, the next batch meets the fault again.
        if (error instanceof MegapteraError) break;
        throw error;
      }
    }
    const channels = await this.#decoder.decode(blocks);
    if (channels === undefined) {
      const second = Math.floor(startFrame / this.sampleRateHz);
      const fault = `its audio is damaged about second ${second}: a FLAC block cannot be decoded`;
      throw unreadable(this.source, `${fault}, copy or make it again`);
    }
    return { startFrame, stopFrame, channels };
  }
}
