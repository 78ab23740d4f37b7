import { SeededRandom } from "../../../core/mod.ts";
import { ColouredNoise } from "./coloured_noise.ts";
import { decibelsToGain } from "./decibels.ts";
import { bandRms, slope } from "./noise_filter.ts";
import { NoiseVoice } from "./noise_voice.ts";
import { smoothCurve } from "./smooth_curve.ts";
import type { Surroundings, Voice } from "./voice.ts";

/** What the published detector's training audio had (docs/detector.md). */
const AMBIENT_RMS = 0.003;

/**
 * The ocean's own noise: about −5 dB an octave above some tens of hertz, with a slow swell of a
 * few dB.
 *
 * @param seed Draws it.
 * @param sampleRateHz Sample rate in Hz.
 * @param durationSeconds Length of the ocean in seconds.
 * @returns The noise, and the surroundings that it makes for other sounds.
 */
export function ambientNoise(
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
