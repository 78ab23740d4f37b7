import { sourceName } from "../places/mod.ts";
import { DeadSpanFinder } from "./dead_audio.ts";
import {
  LevelMeter,
  livelierChannel,
  mayBeDeadChannel,
  oddLevel,
  oddLevelWords,
} from "./level_check.ts";
import type { Recording } from "./recording.ts";

const CHUNK_SAMPLES = 1 << 20;
/** Level from which on a sample counts as clipped: 0.01 dB below full scale. */
const CLIPPED = 0.999;

/** Survey of one channel of a recording. */
export interface Survey {
  /** Root mean square in dB below full scale, ≤ 0; −Infinity of silence. */
  readonly rmsDbfs: number;
  /** Largest sample in dB below full scale. */
  readonly peakDbfs: number;
  /** Samples at full scale. */
  readonly clippedSamples: number;
  /** Seconds in runs of 100 ms or more of identical samples. */
  readonly deadSeconds: number;
  /** Seconds that can't be had. */
  readonly lostSeconds: number;
  /** Sentences on what is odd about its level, and on what can't be had. */
  readonly warnings: readonly string[];
}

/** Options of a survey. */
export interface SurveyOptions {
  /** Channel, counted from 0. */
  readonly channel: number;
  /** Length from which on identical samples are dead, in seconds. */
  readonly deadSeconds: number;
  /** Hears how many frames are done. */
  readonly onProgress?: (frames: number) => void;
}

/**
 * Listens to a whole recording, a chunk at a time: level, clipping, dead audio, what can't be had.
 *
 * @param recording The recording.
 * @param options Which channel, and what counts as dead.
 * @returns What it is like.
 */
export async function survey(recording: Recording, options: SurveyOptions): Promise<Survey> {
  const { frames, sampleRateHz, source: { uri } } = recording;
  const { channel } = options;
  const finder = new DeadSpanFinder(Math.ceil(sampleRateHz * options.deadSeconds));
  const meter = new LevelMeter(recording);
  const reasons = new LostReasons();
  let [clippedSamples, lostFrames] = [0, 0];
  for (let start = 0; start < frames; start += CHUNK_SAMPLES) {
    const count = Math.min(CHUNK_SAMPLES, frames - start);
    const samples = await recording.read(start, count, channel, (lost) => {
      lostFrames += lost.stopFrame - lost.startFrame;
      reasons.add(uri, lost.reason);
    });
    finder.push(samples, start);
    meter.add(samples);
    for (let i = 0; i < samples.length; i++) if (Math.abs(samples[i]) >= CLIPPED) clippedSamples++;
    options.onProgress?.(start + count);
  }
  finder.finish();
  const { peak, rms } = meter;
  const odd = oddLevel(recording, meter);
  const span = { startFrame: 0, stopFrame: frames };
  const other = mayBeDeadChannel(recording, meter)
    ? await livelierChannel(recording, channel, span)
    : undefined;
  return {
    rmsDbfs: 20 * Math.log10(rms),
    peakDbfs: 20 * Math.log10(peak),
    clippedSamples,
    deadSeconds: finder.deadFrames(0, frames) / sampleRateHz,
    lostSeconds: lostFrames / sampleRateHz,
    warnings: [
      ...reasons.sentences(),
      ...(odd ? [oddLevelWords(odd, [uri], { peak, channel })] : []),
      ...(other === undefined
        ? []
        : [oddLevelWords("dead channel", [uri], { peak, channel, other })]),
    ],
  };
}

/** Sentences kept of one recording; others are counted. */
const KEPT = 5;

/** Gathers why frames of recordings are lost: a few sentences a recording, however many places. */
export class LostReasons {
  readonly #of = new Map<string, { kept: Set<string>; last: string; more: number }>();

  /**
   * Takes a reason. One that comes again at once, as of a place that is read in pieces, counts once.
   *
   * @param uri Which recording.
   * @param reason One sentence that names it.
   */
  add(uri: string, reason: string): void {
    const of = this.#of.get(uri) ?? { kept: new Set(), last: "", more: 0 };
    this.#of.set(uri, of);
    if (of.last === reason || of.kept.has(reason)) return;
    of.last = reason;
    if (of.kept.size < KEPT) of.kept.add(reason);
    else of.more++;
  }

  /** Gives the sentences; of a recording with many, how many more places there are. */
  sentences(): string[] {
    return [...this.#of].flatMap(([uri, { kept, more }]) => {
      const places = `${more} more place${more === 1 ? "" : "s"}`;
      return more === 0 ? [...kept] : [...kept, `Likewise in ${places} of ${sourceName({ uri })}.`];
    });
  }
}
