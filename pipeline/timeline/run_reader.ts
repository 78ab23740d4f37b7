import { type LostFrames, type Recording, unmetNeed, unreadable } from "../audio/mod.ts";
import { type RangeSource, SourceFault, sourceName } from "../places/mod.ts";
import type { Run, Segment, TimelineEntry } from "./timeline_types.ts";

/** Recordings kept open: the one being read and its neighbour. */
const mostOpen = 2;

/** How near the end of a file the next one is opened. */
const NEAR_SECONDS = 60;

/** What a `RunReader` needs. */
export interface RunReaderOptions {
  /** Which channel, counted from 0. */
  readonly channel: number;
  /** The entries of the timeline: stretches of one file share its opening. */
  readonly entries: readonly Pick<TimelineEntry, "uri" | "version">[];
  /** Opens the recording of an entry of the timeline. The reader closes it. */
  readonly open: (entryIndex: number) => Promise<Recording>;
  /** Told what was read of an entry's recording, in the order that it was asked for. */
  readonly onRead?: (entryIndex: number, recording: Recording, samples: Float32Array) => void;
  /** Told which of the run's frames can't be had; without it they are a fault. */
  readonly onLost?: (lost: LostFrames, source: Pick<RangeSource, "uri" | "version">) => void;
}

/**
 * Reads the samples of a run across the files that it is made of, at most two of them open. Reads
 * may be asked for at the same time and are done one after another.
 */
export class RunReader {
  readonly #run: Run;
  readonly #options: RunReaderOptions;
  /** The least recently read first. */
  readonly #recordings = new Map<string, Recording>();
  #last: Promise<unknown> = Promise.resolve();
  /** The run's frames that will be read in order. */
  #planned = { start: 0, stop: 0 };
  /** The last segment whose recording was told so. */
  #told: Segment | undefined;
  /** The next file, which is being opened. */
  #ahead: { uri: string; recording: Promise<Recording> } | undefined;

  /**
   * @param run The run.
   * @param options The channel and how to open its files.
   */
  constructor(run: Run, options: RunReaderOptions) {
    this.#run = run;
    this.#options = options;
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

  /**
   * Says which frames will be read next and in order, `[runFrame, stopFrame)`: files far away are
   * fetched ahead, and the next one is opened before it is reached.
   *
   * @param runFrame First frame, ≥ 0.
   * @param stopFrame The frame after the last that will be asked for.
   */
  willRead(runFrame: number, stopFrame: number): void {
    this.#planned = { start: runFrame, stop: Math.min(stopFrame, this.#run.frames) };
    this.#told = undefined;
  }

  /**
   * Makes sure, after the last read, that no recording was changed while it was read.
   *
   * @throws {MegapteraError} `data` where one was.
   */
  async confirm(): Promise<void> {
    await this.#last;
    for (const { source } of this.#recordings.values()) await source.confirm?.();
  }

  /** Closes what is open, once the reads asked for before are done. */
  async close(): Promise<void> {
    await this.#last;
    await this.#dropAhead();
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
      const { channel, onLost, onRead } = this.#options;
      const reading = recording.read(
        first,
        frames,
        channel,
        onLost && ((lost) => onLost(moved(lost, from - first), recording.source)),
      );
      if (from === runFrame) this.#openNext(i, from + frames);
      const part = await reading;
      onRead?.(segment.entryIndex, recording, part);
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
    const { uri } = this.#options.entries[entryIndex];
    let recording = this.#recordings.get(uri);
    if (recording === undefined) {
      if (this.#recordings.size === mostOpen) {
        const [oldest, toClose] = this.#recordings.entries().next().value!;
        this.#recordings.delete(oldest);
        await retire(toClose);
      }
      recording = await this.#opened(entryIndex);
      try {
        this.#check(recording, segment);
      } catch (error) {
        recording.close();
        throw error;
      }
    }
    this.#recordings.delete(uri);
    this.#recordings.set(uri, recording);
    if (this.#told !== segment) {
      this.#told = segment;
      this.#passOn(recording, segment);
    }
    return recording;
  }

  async #opened(entryIndex: number): Promise<Recording> {
    if (this.#ahead?.uri !== this.#options.entries[entryIndex].uri) {
      await this.#dropAhead();
      return await this.#options.open(entryIndex);
    }
    const { recording } = this.#ahead;
    this.#ahead = undefined;
    return await recording;
  }

  /** Begins to open the file that follows, where it is near and nothing before is read any more. */
  #openNext(index: number, stopFrame: number): void {
    const segment = this.#run.segments[index];
    const next = this.#run.segments[index + 1];
    if (next === undefined || next.runFrame >= this.#planned.stop || this.#ahead) return;
    const isNear = next.runFrame - stopFrame < NEAR_SECONDS * this.#run.sampleRateHz;
    const [here, there] = [segment, next].map(({ entryIndex }) =>
      this.#options.entries[entryIndex].uri
    );
    if (!isNear || this.#recordings.has(there)) return;
    const read = [...this.#recordings].filter(([uri]) => uri !== here);
    for (const [uri] of read) this.#recordings.delete(uri);
    const retired = Promise.all(read.map(([_, recording]) => retire(recording)));
    const recording = retired.then(() => this.#options.open(next.entryIndex)).then((opened) => {
      this.#passOn(opened, next);
      return opened;
    });
    recording.catch(() => {}); // it is thrown where the file is reached
    this.#ahead = { uri: there, recording };
  }

  async #dropAhead(): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    await ahead?.recording.then((recording) => recording.close(), () => {});
  }

  /** Tells a recording which of its frames are planned to be read. */
  #passOn(recording: Recording, segment: Segment): void {
    const start = Math.max(this.#planned.start, segment.runFrame);
    const stop = Math.min(this.#planned.stop, segment.runFrame + segment.frames);
    const skipped = segment.entryFrame - segment.runFrame;
    if (stop > start) recording.willRead?.(start + skipped, stop + skipped);
  }

  #check(recording: Recording, segment: Segment): void {
    const { source, frames, sampleRateHz } = recording;
    const needed = segment.entryFrame + segment.frames;
    const { version } = this.#options.entries[segment.entryIndex];
    if (source.version !== version) {
      throw new SourceFault(
        "changed",
        `Cannot read ${sourceName(source)} as it was replaced since it was first opened: its ` +
          `version was ${version} and is ${source.version}; run the same command again.`,
      );
    }
    if (sampleRateHz !== this.#run.sampleRateHz || frames < needed) {
      const now = `${frames} frames at ${sampleRateHz} Hz`;
      const then = `${needed} at ${this.#run.sampleRateHz} Hz`;
      throw unreadable(source, `it changed since it was first opened: ${now}, no longer ${then}`);
    }
    const unmet = unmetNeed(recording, { channel: this.#options.channel });
    if (unmet) throw unmet;
  }
}

/** Closes a recording that is read no more, if it is still the one that was opened. */
async function retire(recording: Recording): Promise<void> {
  try {
    await recording.source.confirm?.();
  } finally {
    recording.close();
  }
}

/** Frames of a recording as those of a run. */
function moved(lost: LostFrames, by: number): LostFrames {
  return { ...lost, startFrame: lost.startFrame + by, stopFrame: lost.stopFrame + by };
}
