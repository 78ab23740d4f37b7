import { SeededRandom } from "../../../core/mod.ts";
import { decibelsToGain } from "./decibels.ts";
import { fade } from "./fade.ts";
import type { OceanEvent, ToneForm } from "./ocean_event.ts";
import { ToneVoice } from "./tone_voice.ts";
import type { Surroundings, Voice } from "./voice.ts";

/** What is drawn of a tone: its phase in cycles, its gain from 0 to 1, and its harmonics. */
interface Tone {
  cyclesAt: (seconds: number) => number;
  gainAt: (seconds: number) => number;
  amplitudes: number[];
}

const always = (): number => 1;

const FORMS: Record<ToneForm, (random: SeededRandom, startSeconds: number) => Tone> = {
  steady(random): Tone {
    const hertz = random.octaves(60, 4500);
    return { cyclesAt: (seconds) => hertz * seconds, gainAt: always, amplitudes: [1] };
  },
  drifting(random): Tone {
    const hertz = random.octaves(80, 3500);
    const slow = (2 * Math.PI) / random.octaves(15, 90);
    const depth = random.between(0.02, 0.12);
    const phase = random.between(0, 2 * Math.PI);
    return {
      // the integral of hertz · (1 + depth · sin(slow · t + phase))
      cyclesAt: (seconds) => hertz * (seconds - (depth / slow) * Math.cos(slow * seconds + phase)),
      gainAt: always,
      amplitudes: [1],
    };
  },
  harmonic(random): Tone {
    const hertz = random.octaves(40, 350);
    const count = random.integer(3, 10);
    const amplitudes = Array.from({ length: count }, () => random.between(0.1, 1));
    return { cyclesAt: (seconds) => hertz * seconds, gainAt: always, amplitudes };
  },
  pulsed(random, startSeconds): Tone {
    const hertz = random.octaves(150, 4500);
    const onSeconds = random.octaves(0.06, 1.5);
    const everySeconds = onSeconds + random.octaves(0.3, 4);
    return {
      cyclesAt: (seconds) => hertz * seconds,
      gainAt(seconds): number {
        const since = (seconds - startSeconds) % everySeconds;
        return fade(since, 0, onSeconds, Math.min(0.02, onSeconds / 4));
      },
      amplitudes: [1],
    };
  },
};

/**
 * A tone of a machine or a pinger: steady, slowly drifting, with harmonics, or in even pulses.
 *
 * @param event Where, how loud and of which form.
 * @param surroundings The ocean it is in.
 */
export function toneVoices(
  event: OceanEvent & { kind: "tone" },
  surroundings: Surroundings,
): Voice[] {
  const { sampleRateHz, referenceRms } = surroundings;
  const { startSeconds, stopSeconds, levelDb, form } = event;
  const random = new SeededRandom(event.seed, 0x70);
  const tone = FORMS[form](random, startSeconds);
  const amplitudes = tone.amplitudes;
  const power = amplitudes.reduce((sum, amplitude) => sum + (amplitude * amplitude) / 2, 0);
  const scale = (referenceRms * decibelsToGain(levelDb)) / Math.sqrt(power);
  const rise = Math.min(random.octaves(0.05, 5), (stopSeconds - startSeconds) / 3);
  return [
    new ToneVoice(
      {
        amplitudes,
        cyclesAt: (sample) => tone.cyclesAt(sample / sampleRateHz),
        gainAt(sample): number {
          const seconds = sample / sampleRateHz;
          const within = fade(seconds, startSeconds, stopSeconds, rise);
          return within === 0 ? 0 : scale * within * tone.gainAt(seconds);
        },
      },
      [Math.floor(startSeconds * sampleRateHz), Math.ceil(stopSeconds * sampleRateHz)],
    ),
  ];
}
