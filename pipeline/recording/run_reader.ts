import { MegapteraError } from "../errors.ts";
import type { Recording } from "./recording.ts";
import { sourceName } from "./source_name.ts";
import type { Run, Segment, TimelineEntry } from "./timeline_types.ts";
import { unreadable } from "./unreadable.ts";

/** Recordings kept open: the one being read and its neighbour. */
const mostOpen = 2;

/** What a `RunReader` needs. */
export interface RunReaderOptions {
  /** Which channel, counted from 0. */
  readonly channel: number;
  /** The entries of the timeline: stretches of one file share its opening. */
  readonly entries: readonly Pick<TimelineEntry, "uri">[];
  /** Opens the recording of an entry of the timeline. The reader closes it. */
  readonly open: (entryIndex: number) => Promise<Recording>;
}

/**
 * Reads the samples of a run across the files that it is made of, at most two of them open. Reads
 * may be asked for at the same time and are done one after another.
 */
export class RunReader {
  readonly #run: Run;
  readonly #channel: number;
  readonly #entries: RunReaderOptions["entries"];
  readonly #open: RunReaderOptions["open"];
  /** The least recently read first. */
  readonly #recordings = new Map<string, Recording>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param run The run.
   * @param options The channel and how to open its files.
   */
  constructor(run: Run, options: RunReaderOptions) {
    this.#run = run;
    this.#channel = options.channel;
    this.#entries = options.entries;
    this.#open = options.open;
  }

  /**
   * Reads one span.
   *
   * @param runFrame First frame, 0 ≤ runFrame ≤ the run's frames.
   * @param count How many, runFrame + count ≤ the run's frames.
   * @returns `count` samples, full scale [−1, 1).
   * @throws {RangeError} Where the span lies outside the run.
   * @throws {MegapteraError} `usage` where a file lacks the channel, `data` where it is not what
   * the timeline was made of, and whatever opening and reading it throws.
   */
  read(runFrame: number, count: number): Promise<Float32Array> {
    const isWhole = Number.isInteger(runFrame) && Number.isInteger(count);
    if (!isWhole || runFrame < 0 || count < 0 || runFrame + count > this.#run.frames) {
      const span = `[${runFrame}, ${runFrame + count})`;
      throw new RangeError(`Cannot read frames ${span} as the run has ${this.#run.frames}`);
    }
    // One after another, so that no read closes a recording that another is reading.
    const mine = this.#last.then(() => this.#readNow(runFrame, count));
    this.#last = mine.catch(() => {});
    return mine;
  }

  /** Closes what is open, once the reads asked for before are done. */
  async close(): Promise<void> {
    await this.#last;
    for (const recording of this.#recordings.values()) recording.close();
    this.#recordings.clear();
  }

  async #readNow(runFrame: number, count: number): Promise<Float32Array> {
    const stop = runFrame + count;
    const { segments } = this.#run;
    let samples: Float32Array | undefined;
    for (let i = this.#segmentAt(runFrame); i < segments.length; i++) {
      const segment = segments[i];
      if (segment.runFrame >= stop) break;
      const from = Math.max(runFrame, segment.runFrame);
      const frames = Math.min(stop, segment.runFrame + segment.frames) - from;
      const recording = await this.#recording(segment);
      const first = segment.entryFrame + from - segment.runFrame;
      const part = await recording.read(first, frames, this.#channel);
      if (frames === count) return part;
      samples ??= new Float32Array(count);
      samples.set(part, from - runFrame);
    }
    return samples ?? new Float32Array(0);
  }

  /** The last segment that begins at or before a frame. */
  #segmentAt(runFrame: number): number {
    const { segments } = this.#run;
    let low = 0;
    for (let high = segments.length - 1; low < high;) {
      const middle = Math.ceil((low + high) / 2);
      if (segments[middle].runFrame <= runFrame) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #recording(segment: Segment): Promise<Recording> {
    const { entryIndex } = segment;
    const { uri } = this.#entries[entryIndex];
    let recording = this.#recordings.get(uri);
    if (recording === undefined) {
      if (this.#recordings.size === mostOpen) {
        const [oldest, toClose] = this.#recordings.entries().next().value!;
        this.#recordings.delete(oldest);
        toClose.close();
      }
      recording = await this.#open(entryIndex);
      try {
        this.#check(recording, segment);
      } catch (error) {
        recording.close();
        throw error;
      }
    }
    this.#recordings.delete(uri);
    this.#recordings.set(uri, recording);
    return recording;
  }

  #check(recording: Recording, segment: Segment): void {
    const { source, channels, frames, sampleRateHz } = recording;
    const needed = segment.entryFrame + segment.frames;
    if (sampleRateHz !== this.#run.sampleRateHz || frames < needed) {
      const now = `${frames} frames at ${sampleRateHz} Hz`;
      const then = `${needed} at ${this.#run.sampleRateHz} Hz`;
      throw unreadable(source, `it changed since it was first opened: ${now}, no longer ${then}`);
    }
    if (this.#channel >= channels) {
      const has = channels === 1 ? "only channel 0" : `channels 0 to ${channels - 1}`;
      throw new MegapteraError(
        "usage",
        `Cannot read channel ${this.#channel} of ${sourceName(source)} as it has ${has}: ` +
          "choose another --channel.",
      );
    }
  }
}
