import type { RangeSource } from "../places/mod.ts";
import type { SaidStart } from "./said_starts.ts";

/** Continuous frames whose time the recording itself tells, as a HARP's x.wav does. */
export interface TimedFrames {
  /** First frame. */
  readonly startFrame: number;
  /** How many, ≥ 1. */
  readonly frames: number;
  /** When the first was recorded, epoch milliseconds. */
  readonly startMs: number;
  /** How exactly that is known. */
  readonly resolutionMs: 1000 | 1;
}

/** How samples are stored. */
export interface SampleFormat {
  readonly kind: "integer" | "float";
  readonly bits: number;
}

/** Frames whose samples can't be had, though the rest of their recording can. */
export interface LostFrames {
  readonly startFrame: number;
  /** The frame after the last. */
  readonly stopFrame: number;
  /** `unreadable`: the file is damaged there; `not-finite`: what is stored there is no number. */
  readonly kind: "unreadable" | "not-finite";
  /** Why, in one sentence that names the file. */
  readonly reason: string;
  /** It was the disk that failed: another try may have them. */
  readonly failed?: true;
}

/** A recording that is open: what its header says, and samples of any span. */
export interface Recording {
  /** Where its bytes come from. */
  readonly source: RangeSource;
  /** Sample rate in Hz as the header says, an integer. */
  readonly sampleRateHz: number;
  /** Number of channels. */
  readonly channels: number;
  /** Number of whole frames (one sample of each channel). */
  readonly frames: number;
  /** How samples are stored, where it is known. */
  readonly sampleFormat?: SampleFormat;
  /** When which frames were recorded, where the recording tells more than its name does. */
  readonly stretches?: readonly TimedFrames[];
  /** When it starts by its header, or by a log beside it; the name counts. */
  readonly saidStarts?: readonly SaidStart[];
  /** Sentences on what is odd about the file though it can be read. */
  readonly warnings: readonly string[];
  /**
   * Samples of one channel, full scale [−1, 1).
   *
   * @param startFrame First frame, 0 ≤ startFrame ≤ frames.
   * @param frameCount How many, startFrame + frameCount ≤ frames.
   * @param channel Which channel, counted from 0.
   * @param onLost Told which of the frames can't be had; their samples are 0 then.
   * @returns `frameCount` samples, all of them finite.
   * @throws {RangeError} Where the span or channel lies outside the recording.
   * @throws {MegapteraError} `data` where frames can't be had and there is no `onLost`.
   */
  read(
    startFrame: number,
    frameCount: number,
    channel: number,
    onLost?: (lost: LostFrames) => void,
  ): Promise<Float32Array>;
  /**
   * Says which frames will be read next and in order, `[startFrame, stopFrame)`, so that a source far
   * away can fetch them ahead; see `RangeSource.willRead`.
   */
  willRead?(startFrame: number, stopFrame: number): void;
  /** Closes the source. */
  close(): void;
}
