import { DeadSpanFinder } from "./dead_audio.ts";
import type { Recording } from "./recording.ts";

const CHUNK_SAMPLES = 1 << 20;
/** From here on a sample counts as clipped: 0.01 dB below full scale. */
const CLIPPED = 0.999;

/** What one channel of a recording is like. */
export interface Survey {
  /** Root mean square in dB below full scale, ≤ 0; −Infinity of silence. */
  readonly rmsDbfs: number;
  /** Largest sample in dB below full scale. */
  readonly peakDbfs: number;
  /** Samples at full scale. */
  readonly clippedSamples: number;
  /** Seconds in runs of 100 ms or more of identical samples. */
  readonly deadSeconds: number;
}

/** How to survey. */
export interface SurveyOptions {
  /** Which channel, from 0. */
  readonly channel: number;
  /** From which length on identical samples are dead, in seconds. */
  readonly deadSeconds: number;
  /** Told how many frames are done. */
  readonly onProgress?: (frames: number) => void;
}

/**
 * Listens to a whole recording, a chunk at a time: level, clipping, dead audio.
 *
 * @param recording The recording.
 * @param options Which channel, and what counts as dead.
 * @returns What it is like.
 */
export async function survey(recording: Recording, options: SurveyOptions): Promise<Survey> {
  const { frames, sampleRateHz } = recording;
  const finder = new DeadSpanFinder(Math.ceil(sampleRateHz * options.deadSeconds));
  let [power, peak, clippedSamples] = [0, 0, 0];
  for (let start = 0; start < frames; start += CHUNK_SAMPLES) {
    const count = Math.min(CHUNK_SAMPLES, frames - start);
    const samples = await recording.read(start, count, options.channel);
    finder.push(samples, start);
    for (let i = 0; i < samples.length; i++) {
      const level = Math.abs(samples[i]);
      power += level * level;
      if (level > peak) peak = level;
      if (level >= CLIPPED) clippedSamples++;
    }
    options.onProgress?.(start + count);
  }
  finder.finish();
  return {
    rmsDbfs: 10 * Math.log10(power / frames),
    peakDbfs: 20 * Math.log10(peak),
    clippedSamples,
    deadSeconds: finder.deadFrames(0, frames) / sampleRateHz,
  };
}
