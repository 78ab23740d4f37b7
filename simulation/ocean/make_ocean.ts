import { SeededRandom } from "../../core/mod.ts";
import { clicksVoices, knocksVoices } from "./clicks_and_knocks.ts";
import type { OceanEvent, OceanPlan, TruthSpan } from "./events.ts";
import { bandRms, ColouredNoise, NoiseVoice, slope, smoothCurve } from "./noise.ts";
import { rainVoices, rumbleVoices } from "./rain_and_rumble.ts";
import { shipVoices } from "./ships.ts";
import { SongVoice } from "./song.ts";
import { toneVoices } from "./tones.ts";
import { CELL_SAMPLES, decibelsToGain, type Surroundings, type Voice } from "./voice.ts";

/** Made-up audio of which any part can be heard, and the truth about it. */
export interface Ocean {
  readonly sampleRateHz: number;
  readonly durationSeconds: number;
  /** Spans of sound as they truly are, in order of their start. */
  readonly truth: readonly TruthSpan[];
  /**
   * Renders any part of the ocean. Parts that follow each other join without a seam: what is heard
   * does not depend on how it is cut.
   *
   * @param startSecond Where the part starts, ≥ 0.
   * @param seconds How long it is; it may not go past the ocean's end.
   * @returns Samples in [−1, 1).
   * @throws {RangeError} Where the part lies outside the ocean.
   */
  render(startSecond: number, seconds: number): Float32Array<ArrayBuffer>;
}

/** The largest sample that 24 bits hold. */
const HIGHEST = 1 - 2 ** -23;

function voicesOf(event: OceanEvent, surroundings: Surroundings): [Voice[], TruthSpan] {
  const { kind, startSeconds, stopSeconds, levelDb } = event;
  const truth = { kind, startSeconds, stopSeconds, levelDb };
  switch (kind) {
    case "song": {
      const song = new SongVoice(event, surroundings);
      return [[song], { ...truth, stopSeconds: song.stopSeconds }];
    }
    case "ship":
      return [shipVoices(event, surroundings), truth];
    case "rain":
      return [rainVoices(event, surroundings), truth];
    case "tone":
      return [toneVoices(event, surroundings), truth];
    case "clicks":
      return [clicksVoices(event, surroundings), truth];
    case "rumble":
      return [rumbleVoices(event, surroundings), truth];
    case "knocks":
      return [knocksVoices(event, surroundings), truth];
  }
}

/**
 * Makes up an ocean: coloured noise and the events of a plan. The same plan gives the same
 * samples, whatever part is asked for first. It holds about a second of audio at a time.
 *
 * @param plan What is to be heard, and the sample rate in Hz (from 8,000 up).
 * @returns The ocean.
 * @throws {RangeError} Where an event lies outside the ocean or is too short.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const ocean = makeOcean({
 *   seed: 1,
 *   durationSeconds: 20,
 *   sampleRateHz: 16_000,
 *   events: [{ kind: "song", seed: 2, startSeconds: 5, stopSeconds: 15, levelDb: 12 }],
 * });
 * assert(ocean.render(0, 20).length === 320_000);
 * assert(ocean.truth[0].kind === "song");
 * ```
 */
export function makeOcean(plan: OceanPlan & { sampleRateHz: number }): Ocean {
  const { seed, durationSeconds, sampleRateHz, events } = plan;
  const { voice, surroundings } = ambientNoise(seed, sampleRateHz, durationSeconds);
  const voices = [voice];
  const truth: TruthSpan[] = [];
  for (const event of events) {
    const { startSeconds, stopSeconds } = event;
    if (!(startSeconds >= 0 && stopSeconds > startSeconds && stopSeconds <= durationSeconds)) {
      throw new RangeError(
        `Cannot place ${event.kind} from ${startSeconds} to ${stopSeconds} s as the ocean lasts ` +
          `${durationSeconds} s`,
      );
    }
    const [added, span] = voicesOf(event, surroundings);
    voices.push(...added);
    truth.push(span);
  }
  truth.sort((a, b) => a.startSeconds - b.startSeconds);
  return { sampleRateHz, durationSeconds, truth, render: renderer(plan, voices) };
}

/** Makes cells as they are needed, and keeps the last. */
function renderer(
  { durationSeconds, sampleRateHz }: { durationSeconds: number; sampleRateHz: number },
  voices: readonly Voice[],
): Ocean["render"] {
  const samples = new Float32Array(CELL_SAMPLES);
  let held = -1;
  const make = (cell: number): void => {
    samples.fill(0);
    const first = cell * CELL_SAMPLES;
    for (const voice of voices) {
      if (voice.startSample < first + CELL_SAMPLES && voice.stopSample > first) {
        voice.add(samples, cell);
      }
    }
    for (let i = 0; i < CELL_SAMPLES; i++) {
      samples[i] = Math.max(-1, Math.min(HIGHEST, samples[i]));
    }
    held = cell;
  };
  return (startSecond, seconds) => {
    if (!(startSecond >= 0 && seconds >= 0 && startSecond + seconds <= durationSeconds)) {
      throw new RangeError(
        `Cannot render ${seconds} s from second ${startSecond} as the ocean lasts ` +
          `${durationSeconds} s`,
      );
    }
    const start = Math.round(startSecond * sampleRateHz);
    const stop = Math.round((startSecond + seconds) * sampleRateHz);
    const out = new Float32Array(stop - start);
    for (let at = start; at < stop;) {
      const cell = Math.floor(at / CELL_SAMPLES);
      if (cell !== held) make(cell);
      const until = Math.min(stop, (cell + 1) * CELL_SAMPLES);
      const first = cell * CELL_SAMPLES;
      out.set(samples.subarray(at - first, until - first), at - start);
      at = until;
    }
    return out;
  };
}

/** Level that the published detector's training audio had (docs/detector.md). */
const AMBIENT_RMS = 0.003;

/**
 * Makes the ocean's own noise: about −5 dB an octave above some tens of hertz, with a slow swell of
 * a few dB.
 *
 * @param seed Draws it.
 * @param sampleRateHz Sample rate in Hz.
 * @param durationSeconds Length of the ocean in seconds.
 * @returns The noise, and the surroundings that it makes for other sounds.
 */
function ambientNoise(
  seed: number,
  sampleRateHz: number,
  durationSeconds: number,
): { voice: Voice; surroundings: Surroundings } {
  const random = new SeededRandom(seed, 0x61);
  const sections = slope(random.octaves(25, 60), random.between(4.2, 5.8), sampleRateHz);
  const swellSeconds = random.octaves(15, 60);
  const swellDb = random.between(0.3, 1.2);
  const swell = smoothCurve(random.uint32());
  const noise = new ColouredNoise(random.uint32(), sections, sampleRateHz);
  const inBand = bandRms(sections, 100, 2000, sampleRateHz) /
    bandRms(sections, 0, sampleRateHz / 2, sampleRateHz);
  return {
    voice: new NoiseVoice(
      noise,
      [0, Math.ceil(durationSeconds * sampleRateHz)],
      (sample) =>
        AMBIENT_RMS * decibelsToGain(swellDb * swell(sample / (swellSeconds * sampleRateHz))),
    ),
    surroundings: { sampleRateHz, referenceRms: AMBIENT_RMS * inBand },
  };
}
