import { MegapteraError } from "../../core/mod.ts";
import { type RangeSource, SourceFault, sourceName } from "../places/mod.ts";
import { Resampler } from "./resampler.ts";
import type { SaidStart } from "./said_starts.ts";

/** Continuous frames whose time the recording itself tells, as a HARP's x.wav does. */
export interface TimedFrames {
  /** First frame. */
  readonly startFrame: number;
  /** Number of frames, ≥ 1. */
  readonly frames: number;
  /** Time when the first was recorded, epoch milliseconds. */
  readonly startMs: number;
  /** Resolution of that time, in milliseconds. */
  readonly resolutionMs: 1000 | 1;
}

/** Format in which samples are stored. */
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
  /** Set where the disk failed: another try may have them. */
  readonly failed?: true;
}

/** A recording that is open: what its header says, and samples of any span. */
export interface Recording {
  /** Source of its bytes. */
  readonly source: RangeSource;
  /** Sample rate in Hz as the header says, an integer. */
  readonly sampleRateHz: number;
  /** Number of channels. */
  readonly channels: number;
  /** Number of whole frames (one sample of each channel). */
  readonly frames: number;
  /** Format of its samples, where it is known. */
  readonly sampleFormat?: SampleFormat;
  /**
   * Stretches of frames and when they were recorded, where the recording tells more than its name
   * does.
   */
  readonly stretches?: readonly TimedFrames[];
  /** Starts by its header, or by a log beside it; the name counts. */
  readonly saidStarts?: readonly SaidStart[];
  /** Sentences on what is odd about the file though it can be read. */
  readonly warnings: readonly string[];
  /**
   * Reads samples of one channel, full scale [−1, 1).
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

/**
 * Refuses a span or a channel that a recording does not have.
 *
 * @param recording The recording.
 * @param startFrame First frame.
 * @param frameCount How many.
 * @param channel Which channel, from 0.
 * @throws {RangeError} Where the span or channel lies outside the recording.
 */
export function checkRequest(
  recording: Pick<Recording, "frames" | "channels">,
  startFrame: number,
  frameCount: number,
  channel: number,
): void {
  const { frames, channels } = recording;
  const whole = Number.isInteger(startFrame) && Number.isInteger(frameCount);
  if (!whole || startFrame < 0 || frameCount < 0 || startFrame + frameCount > frames) {
    const span = `[${startFrame}, ${startFrame + frameCount})`;
    throw new RangeError(`Cannot read frames ${span} as the recording has ${frames}`);
  }
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new RangeError(`Cannot read channel ${channel} as there are ${channels} from 0`);
  }
}

/**
 * Highest sample rate that is believed: no hydrophone's recorder samples faster, so a header that
 * says so is damaged.
 */
const HIGHEST_RATE_HZ = 4_000_000;

/**
 * Refuses a sample rate that can't be. What a detector needs is another matter: see `unmetNeed`.
 *
 * @param source The recording's file, for the sentence.
 * @param sampleRateHz What its header says.
 * @throws {MegapteraError} `data` at 0 Hz or above 4 MHz.
 */
export function checkRate(source: Pick<RangeSource, "uri">, sampleRateHz: number): void {
  if (sampleRateHz === 0 || sampleRateHz > HIGHEST_RATE_HZ) {
    const most = `recorders sample at 1 to ${HIGHEST_RATE_HZ} Hz`;
    throw unreadable(source, `its sample rate is impossible: ${sampleRateHz} Hz, and ${most}`);
  }
}

/** Names of recordings that sound triggered, by AudioMoth: time in them is not linear. */
const TRIGGERED = /(?<!\d)\d{8}_\d{6}T\.(?:wav|flac)$/i;

/** Needs of scoring that a recording must meet. */
export interface RecordingNeeds {
  /** Sample rate of the detector in Hz: one that is lower can't hold what it listens for. */
  readonly detectorRateHz?: number;
  /** Channel that is scored, counted from 0. */
  readonly channel?: number;
}

/**
 * Tells what keeps a recording that can be read from being scored.
 *
 * @param recording The recording, open or closed.
 * @param needs What it must have; nothing by default.
 * @returns The fault, `usage` of its channels and `data` otherwise; nothing where it will do.
 */
export function unmetNeed(
  recording: Pick<Recording, "source" | "sampleRateHz" | "channels">,
  { detectorRateHz, channel = 0 }: RecordingNeeds,
): MegapteraError | undefined {
  const { source, sampleRateHz, channels } = recording;
  if (channel >= channels) {
    const has = channels === 1 ? "only channel 0" : `channels 0 to ${channels - 1}`;
    return new MegapteraError(
      "usage",
      `Cannot read channel ${channel} of ${sourceName(source)} as it has ${has}: ` +
        "choose another --channel.",
    );
  }
  if (TRIGGERED.test(sourceName(source))) {
    return unreadable(
      source,
      "AudioMoth left out of it what was quiet between the sounds that triggered it, so that its " +
        "seconds do not follow each other: expand it with the AudioMoth Configuration App",
    );
  }
  const fault = detectorRateHz && Resampler.fault(sampleRateHz, detectorRateHz);
  return fault ? unreadable(source, fault) : undefined;
}

/**
 * Makes the fault of a recording that can't be read.
 *
 * @param source The recording's source.
 * @param reason What follows "Cannot read … as", without a full stop.
 * @returns A `data` fault whose message is one sentence.
 */
export function unreadable(source: Pick<RangeSource, "uri">, reason: string): SourceFault {
  const sentence = `Cannot read ${sourceName(source)} as ${reason}.`;
  return new SourceFault("unreadable", sentence, { uri: source.uri });
}
