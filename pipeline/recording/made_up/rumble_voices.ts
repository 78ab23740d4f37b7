import { SeededRandom } from "../../../core/mod.ts";
import { ColouredNoise } from "./coloured_noise.ts";
import { decibelsToGain } from "./decibels.ts";
import { fade } from "./fade.ts";
import { lowPass } from "./noise_filter.ts";
import { NoiseVoice } from "./noise_voice.ts";
import type { OceanEvent } from "./ocean_event.ts";
import { smoothCurve } from "./smooth_curve.ts";
import type { Surroundings, Voice } from "./voice.ts";

/**
 * A rumble as of an earthquake: low noise that comes up fast, rolls and dies away.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function rumbleVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const { sampleRateHz, referenceRms } = surroundings;
  const { startSeconds, stopSeconds } = event;
  const random = new SeededRandom(event.seed, 0x4e);
  const rms = referenceRms * decibelsToGain(event.levelDb);
  const corner = random.octaves(25, 80);
  const sections = [lowPass(corner, sampleRateHz), lowPass(2 * corner, sampleRateHz)];
  const noise = new ColouredNoise(random.uint32(), sections, sampleRateHz);
  const roll = smoothCurve(random.uint32());
  const rise = (stopSeconds - startSeconds) * random.between(0.05, 0.3);
  const gainAt = (sample: number): number => {
    const seconds = sample / sampleRateHz;
    const within = fade(
      seconds,
      startSeconds,
      stopSeconds,
      rise,
      stopSeconds - startSeconds - rise,
    );
    return within === 0 ? 0 : rms * within * decibelsToGain(2 * (roll(seconds / 0.7) - 1));
  };
  const span: [number, number] = [
    Math.floor(startSeconds * sampleRateHz),
    Math.ceil(stopSeconds * sampleRateHz),
  ];
  return [new NoiseVoice(noise, span, gainAt)];
}
