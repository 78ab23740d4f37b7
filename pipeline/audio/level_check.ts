import { sourceName } from "../places/mod.ts";
import type { Recording } from "./recording.ts";

/** The detector hears alike over about ±20 dB (docs/detector.md). */
const LOUDEST = 10;
/** Full scale of 24 bits that stand low in 32: −48 dB. */
const FULL_SCALE_24_IN_32 = 2 ** -8;
/** Level below which a channel may have no hydrophone: −60 dB root mean square. */
const QUIET = 1e-3;
/** Factor by which another channel must be louder, 40 dB; it must not be below −100 dB either. */
const LIVELIER = 100;
const LIVELY = 1e-5;
/** Seconds of each channel that are compared, at so many places. */
const COMPARED_SECONDS = 1;
const COMPARED_PLACES = 3;

/** Measures how loud samples are: as many as are added. */
export class LevelMeter {
  #frames = 0;
  #power = 0;
  #peak = 0;
  #isFine = false;
  readonly #has32Bits: boolean;

  /** @param recording Whose samples: of integers of 32 bits it is seen how many are in use. */
  constructor({ sampleFormat }: Pick<Recording, "sampleFormat">) {
    this.#has32Bits = sampleFormat?.kind === "integer" && sampleFormat.bits === 32;
  }

  /** Root mean square; 0 before anything was added. */
  get rms(): number {
    return Math.sqrt(this.#power / Math.max(1, this.#frames));
  }

  /** Largest magnitude. */
  get peak(): number {
    return this.#peak;
  }

  /** Whether integers of 32 bits use any of the bits below those of 24. */
  get isFine(): boolean {
    return this.#isFine;
  }

  /** Adds samples, full scale [−1, 1), all of them finite. */
  add(samples: Float32Array): void {
    let [power, peak] = [0, this.#peak];
    for (let i = 0; i < samples.length; i++) {
      const level = Math.abs(samples[i]);
      power += level * level;
      if (level > peak) peak = level;
    }
    this.#frames += samples.length;
    this.#power += power;
    this.#peak = peak;
    if (!this.#has32Bits || this.#isFine) return;
    this.#isFine = samples.some((sample) => !Number.isInteger(sample * 2 ** 23));
  }
}

/** Kind of odd level that some recordings have, none of which is for sure. */
export type OddLevel = "counts" | "low" | "dead channel";

/**
 * Tells what is odd about a recording's level, by what was heard of one channel.
 *
 * @param recording What its header says.
 * @param meter What was heard.
 * @param gain What its samples are multiplied by.
 * @returns `counts`: floats in units other than full scale; `low`: integers of 32 bits that never pass
 * 24; nothing where it is as it should be.
 */
export function oddLevel(
  { sampleFormat }: Pick<Recording, "sampleFormat">,
  meter: LevelMeter,
  gain = 1,
): OddLevel | undefined {
  const peak = meter.peak * gain;
  if (sampleFormat?.kind === "float") return peak > LOUDEST ? "counts" : undefined;
  return meter.isFine && peak < FULL_SCALE_24_IN_32 ? "low" : undefined;
}

/** Tells whether a recording has more channels than the one that was heard, which is next to silent. */
export function mayBeDeadChannel(
  { channels }: Pick<Recording, "channels">,
  { rms }: LevelMeter,
): boolean {
  return channels > 1 && rms <= QUIET;
}

/**
 * Finds a channel that is much louder than the one that is heard.
 *
 * @param recording The recording, open.
 * @param channel The channel that is heard.
 * @param span Frames to compare in, `[startFrame, stopFrame)`.
 * @returns The loudest channel, where it is 40 dB louder or more; nothing otherwise.
 */
export async function livelierChannel(
  recording: Recording,
  channel: number,
  { startFrame, stopFrame }: { startFrame: number; stopFrame: number },
): Promise<number | undefined> {
  const count = Math.min(stopFrame - startFrame, COMPARED_SECONDS * recording.sampleRateHz);
  const meters = Array.from({ length: recording.channels }, () => new LevelMeter(recording));
  for (let place = 0; place < COMPARED_PLACES; place++) {
    const share = place / (COMPARED_PLACES - 1);
    const first = startFrame + Math.floor((stopFrame - startFrame - count) * share);
    for (const [other, of] of meters.entries()) {
      of.add(await recording.read(first, count, other, () => {}));
    }
  }
  const levels = meters.map(({ rms }) => rms);
  const loudest = levels.indexOf(Math.max(...levels));
  return levels[loudest] > Math.max(LIVELY, LIVELIER * levels[channel]) ? loudest : undefined;
}

/**
 * Puts into words what is odd about the level of recordings.
 *
 * @param odd What it is.
 * @param uris Which recordings, at least one.
 * @param found The largest sample of the first of them; of a dead channel, it and the loudest one.
 * @returns One sentence that names the first, and says what to do.
 */
export function oddLevelWords(
  odd: OddLevel,
  uris: readonly string[],
  found: { peak: number; channel: number; other?: number },
): string {
  const more = uris.length > 1 ? ` and ${uris.length - 1} more` : "";
  const names = `${sourceName({ uri: uris[0] })}${more}`;
  if (odd === "counts") {
    return `The float samples of ${names} reach ${
      found.peak.toPrecision(3)
    }, and full scale is 1: ` +
      "if they are counts of 16 bits, score it with --gain 0.000030517578125.";
  }
  if (odd === "low") {
    const peak = (20 * Math.log10(found.peak)).toFixed(0);
    return `The samples of ${names} have 32 bits and never pass ${peak} dB of full scale: if they ` +
      "are 24 bits in the low bits, score it with --gain 256.";
  }
  return `Channel ${found.channel} of ${names} is almost silent, and channel ${found.other} is not: ` +
    `if that is the hydrophone's, score it with --channel ${found.other}.`;
}
