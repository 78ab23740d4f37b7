import { SeededRandom } from "../../core/mod.ts";
import type { OceanEvent, ToneForm } from "./events.ts";
import {
  CELL_SAMPLES,
  CELL_STEPS,
  decibelsToGain,
  fade,
  STEP_SAMPLES,
  type Surroundings,
  type Voice,
} from "./voice.ts";

/** Drawn properties of a tone: its phase in cycles, its gain from 0 to 1, and its harmonics. */
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
 * Makes a tone of a machine or a pinger: steady, slowly drifting, with harmonics, or in even
 * pulses.
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

/** Course of a tone over time; the phase is closed in form, so that it can start anywhere. */
interface ToneShape {
  /** The amplitude of each harmonic, the fundamental first. */
  readonly amplitudes: readonly number[];
  /** The fundamental's phase at a sample, in cycles. */
  readonly cyclesAt: (sample: number) => number;
  /** The gain at a sample; 0 outside the span. */
  readonly gainAt: (sample: number) => number;
}

/** Renders a tone with its overtones. */
export class ToneVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #shape: ToneShape;
  readonly #cycles = new Float64Array(CELL_STEPS + 1);
  readonly #gains = new Float64Array(CELL_STEPS + 1);

  /**
   * @param shape What it does.
   * @param span First sample, and the one after the last.
   */
  constructor(shape: ToneShape, span: [number, number]) {
    this.#shape = shape;
    [this.startSample, this.stopSample] = span;
  }

  add(out: Float32Array, cell: number): void {
    for (let step = 0; step <= CELL_STEPS; step++) {
      const sample = cell * CELL_SAMPLES + step * STEP_SAMPLES;
      this.#cycles[step] = this.#shape.cyclesAt(sample);
      this.#gains[step] = this.#shape.gainAt(sample);
    }
    addHarmonics(out, this.#cycles, this.#gains, this.#shape.amplitudes);
  }
}

/**
 * Adds a tone and its overtones. Frequency and gain are linear between steps.
 *
 * The fundamental's sine and cosine turn by a rotation each sample; its overtones follow from
 * them by Chebyshev's recurrence, sin((k+1)φ) = 2·cos φ·sin(kφ) − sin((k−1)φ).
 *
 * @param out Where to add, `[steps · STEP_SAMPLES]`.
 * @param cycles The fundamental's phase at each step, in cycles, `[steps + 1]`.
 * @param gains The gain at each step, `[steps + 1]`.
 * @param amplitudes The amplitude of each harmonic, the fundamental first.
 */
export function addHarmonics(
  out: Float32Array,
  cycles: Float64Array,
  gains: Float64Array,
  amplitudes: readonly number[],
): void {
  for (let step = 0; step + 1 < cycles.length; step++) {
    if (gains[step] === 0 && gains[step + 1] === 0) continue;
    const turn = (2 * Math.PI * (cycles[step + 1] - cycles[step])) / STEP_SAMPLES;
    const [turnSin, turnCos] = [Math.sin(turn), Math.cos(turn)];
    const phase = 2 * Math.PI * (cycles[step] - Math.floor(cycles[step]));
    let [sin, cos] = [Math.sin(phase), Math.cos(phase)];
    const slope = (gains[step + 1] - gains[step]) / STEP_SAMPLES;
    let gain = gains[step];
    const from = step * STEP_SAMPLES;
    for (let i = from; i < from + STEP_SAMPLES; i++) {
      let [before, current, sum] = [0, sin, amplitudes[0] * sin];
      for (let k = 1; k < amplitudes.length; k++) {
        const next = 2 * cos * current - before;
        before = current;
        current = next;
        sum += amplitudes[k] * current;
      }
      out[i] += gain * sum;
      gain += slope;
      const turned = sin * turnCos + cos * turnSin;
      cos = cos * turnCos - sin * turnSin;
      sin = turned;
    }
  }
}
