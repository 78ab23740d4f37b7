import {
  LevelMeter,
  livelierChannel,
  type LostFrames,
  LostReasons,
  mayBeDeadChannel,
  type OddLevel,
  oddLevel,
  oddLevelWords,
  type Recording,
} from "../audio/mod.ts";
import { type RangeSource, SourceFault } from "../places/mod.ts";
import type { LostTime } from "../scores/mod.ts";
import type { Catalogue, Run } from "../timeline/mod.ts";
import type { HourInputs } from "./hour_inputs.ts";

/** Spans of a run that lie nearer together count as one: no window fits between them. */
const APART_SECONDS = 0.1;

/** Frames of a run that can't be had, and in which recording. */
interface LostSpan {
  readonly startFrame: number;
  stopFrame: number;
  readonly kind: LostFrames["kind"];
  readonly uri: string;
  readonly version: string;
}

/** What could not be had of a run, as it is read forwards. */
export class LostSpans {
  readonly #run: Run;
  readonly #spans: LostSpan[] = [];

  constructor(run: Run) {
    this.#run = run;
  }

  /** Adds frames, none of which lie before those added last. */
  add(
    { startFrame, stopFrame, kind }: LostFrames,
    { uri, version }: Pick<RangeSource, "uri" | "version">,
  ): void {
    const last = this.#spans.at(-1);
    const apart = APART_SECONDS * this.#run.sampleRateHz;
    if (last?.uri === uri && last.kind === kind && startFrame - last.stopFrame < apart) {
      last.stopFrame = Math.max(last.stopFrame, stopFrame);
    } else this.#spans.push({ startFrame, stopFrame, kind, uri, version });
  }

  /** Tells whether any of some frames are lost. */
  touch(firstFrame: number, stopFrame: number): boolean {
    // From the end, since a scorer asks about what was read last.
    const span = this.#spans.findLast(({ startFrame }) => startFrame < stopFrame);
    return span !== undefined && span.stopFrame > firstFrame;
  }

  /** The spans in time, epoch milliseconds. */
  get times(): LostTime[] {
    const { startMs, sampleRateHz } = this.#run;
    const msOf = (frame: number): number => startMs + (frame * 1000) / sampleRateHz;
    return this.#spans.map(({ startFrame, stopFrame, ...reason }) => ({
      startMs: msOf(startFrame),
      stopMs: msOf(stopFrame),
      ...reason,
    }));
  }
}

/** What was heard of a recording. */
interface HeardRecording {
  readonly entryIndex: number;
  readonly recording: Pick<Recording, "sampleFormat" | "channels">;
  readonly meter: LevelMeter;
}

/** Takes note of what is odd about the audio that an hour hears, none of which its header tells. */
export class HeardAudio {
  readonly #heard = new Map<string, HeardRecording>();
  readonly #reasons = new LostReasons();
  /** Recordings of which the disk failed to give a part. */
  readonly failed = new Set<string>();

  /** Told what was read of an entry's recording. */
  onRead(entryIndex: number, recording: Recording, samples: Float32Array): void {
    const { source: { uri }, sampleFormat, channels } = recording;
    const heard = this.#heard.get(uri) ?? {
      entryIndex,
      recording: { channels, ...(sampleFormat && { sampleFormat }) },
      meter: new LevelMeter(recording),
    };
    this.#heard.set(uri, heard);
    heard.meter.add(samples);
  }

  /** Told why frames of a recording are lost. */
  onLost({ reason, failed }: LostFrames, uri: string): void {
    this.#reasons.add(uri, reason);
    if (failed) this.failed.add(uri);
  }

  /**
   * Says what is odd, once an hour was heard. Of recordings whose channel is next to silent a little
   * of the other channels is read.
   *
   * @param catalogue Opens the recordings.
   * @param inputs Which parts of them the hour hears.
   * @param how The channel, and what its samples are multiplied by.
   * @returns Sentences: one for all recordings that are odd alike.
   */
  async notes(
    catalogue: Catalogue,
    { files, segments }: HourInputs,
    { channel, gain }: { channel: number; gain: number },
  ): Promise<string[]> {
    const odd = new Map<string, { odd: OddLevel; uris: string[]; peak: number; other?: number }>();
    const add = (uri: string, found: { odd: OddLevel; peak: number; other?: number }): void => {
      const key = `${found.odd} ${found.other}`;
      const same = odd.get(key) ?? { ...found, uris: [] };
      odd.set(key, same);
      same.uris.push(uri);
    };
    for (const [uri, { entryIndex, recording, meter }] of this.#heard) {
      const { peak } = meter;
      const level = oddLevel(recording, meter, gain);
      if (level) add(uri, { odd: level, peak });
      const part = segments.find(({ file }) => files[file].uri === uri);
      if (!part || !mayBeDeadChannel(recording, meter)) continue;
      const other = await otherChannel(catalogue, entryIndex, channel, part.fileFrame);
      if (other !== undefined) add(uri, { odd: "dead channel", peak, other });
    }
    return [
      ...this.#reasons.sentences(),
      ...[...odd.values()].map(({ odd, uris, ...found }) =>
        oddLevelWords(odd, uris, { channel, ...found })
      ),
    ];
  }
}

/** Finds the channel that sounds where the one that is heard does not, if that can be told. */
async function otherChannel(
  catalogue: Catalogue,
  entryIndex: number,
  channel: number,
  startFrame: number,
): Promise<number | undefined> {
  try {
    const recording = await catalogue.open(entryIndex);
    try {
      const stopFrame = Math.min(recording.frames, startFrame + 3600 * recording.sampleRateHz);
      return await livelierChannel(recording, channel, { startFrame, stopFrame });
    } finally {
      recording.close();
    }
  } catch (error) {
    if (error instanceof SourceFault) return undefined; // it was read, so this is but a missed note
    throw error;
  }
}
