import { SeededRandom } from "../../core/mod.ts";
import { type Ring, RingsVoice } from "./clicks_and_knocks.ts";
import type { OceanEvent } from "./events.ts";
import { ColouredNoise, highPass, lowPass, NoiseVoice, smoothCurve } from "./noise.ts";
import { decibelsToGain, fade, type Surroundings, type Voice } from "./voice.ts";

/** Drops near enough to be heard one by one. */
function drops(random: SeededRandom, event: OceanEvent, amplitude: number): Ring[] {
  const aSecond = random.octaves(4, 40);
  const rings: Ring[] = [];
  let now = event.startSeconds;
  while ((now -= Math.log(1 - random.between(0, 1)) / aSecond) < event.stopSeconds) {
    rings.push({
      startSeconds: now,
      hertz: random.octaves(1200, 6500),
      decaySeconds: random.octaves(0.001, 0.006),
      amplitude: amplitude * Math.exp(0.8 * random.gaussian()) *
        fade(now, event.startSeconds, event.stopSeconds, 10),
    });
  }
  return rings;
}

/**
 * Makes rain: a hiss that rises towards high frequencies and comes in gusts, and the patter of
 * drops.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function rainVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const { sampleRateHz, referenceRms } = surroundings;
  const { startSeconds, stopSeconds } = event;
  const random = new SeededRandom(event.seed, 0x2a);
  const rms = referenceRms * decibelsToGain(event.levelDb);
  const corner = highPass(random.octaves(1500, 5000), sampleRateHz);
  const noise = new ColouredNoise(random.uint32(), [corner], sampleRateHz);
  const gusts = smoothCurve(random.uint32());
  const gustSeconds = random.octaves(1.5, 12);
  const gustDb = random.between(0.5, 2.5);
  const rise = Math.min(random.octaves(2, 25), (stopSeconds - startSeconds) / 3);
  const hiss = new NoiseVoice(
    noise,
    [Math.floor(startSeconds * sampleRateHz), Math.ceil(stopSeconds * sampleRateHz)],
    (sample) => {
      const seconds = sample / sampleRateHz;
      const within = fade(seconds, startSeconds, stopSeconds, rise);
      return within === 0
        ? 0
        : rms * within * decibelsToGain(gustDb * (gusts(seconds / gustSeconds) - 1));
    },
  );
  const rings = drops(random, event, rms * random.octaves(0.7, 4));
  return rings.length === 0 ? [hiss] : [hiss, new RingsVoice(rings, surroundings)];
}

/**
 * Makes a rumble as of an earthquake: low noise that comes up fast, rolls and dies away.
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
