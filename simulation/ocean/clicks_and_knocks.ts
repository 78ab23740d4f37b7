import { SeededRandom } from "../../core/mod.ts";
import type { OceanEvent } from "./events.ts";
import { CELL_SAMPLES, decibelsToGain, type Surroundings, type Voice } from "./voice.ts";

/**
 * Makes a train of clicks, as a sperm whale does: nearly even, broadband, each with an echo.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function clicksVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const random = new SeededRandom(event.seed, 0xc1);
  const peak = surroundings.referenceRms * decibelsToGain(event.levelDb);
  const everySeconds = random.octaves(0.25, 1.3);
  const echoSeconds = random.octaves(0.004, 0.05);
  const rings: Ring[] = [];
  let now = event.startSeconds;
  while (now < event.stopSeconds) {
    const loud = peak * random.between(0.5, 1);
    for (const [delay, gain] of [[0, 1], [0.0006, 0.7], [echoSeconds, 0.4]]) {
      rings.push({
        startSeconds: now + delay,
        hertz: random.octaves(900, 6000),
        decaySeconds: random.octaves(0.0005, 0.003),
        amplitude: loud * gain,
      });
    }
    now += everySeconds * random.between(0.9, 1.1);
  }
  return [new RingsVoice(rings, surroundings)];
}

/**
 * Makes knocks, as of a mooring or a fish: dull, single or double, at no beat.
 *
 * @param event Where and how loud.
 * @param surroundings The ocean it is in.
 */
export function knocksVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const random = new SeededRandom(event.seed, 0x4b);
  const peak = surroundings.referenceRms * decibelsToGain(event.levelDb);
  const hertz = random.octaves(60, 700);
  const gapSeconds = random.octaves(0.3, 3);
  const rings: Ring[] = [];
  let now = event.startSeconds;
  while (now < event.stopSeconds) {
    const strokes = random.integer(1, 2);
    for (let stroke = 0; stroke < strokes; stroke++) {
      rings.push({
        startSeconds: now + stroke * 0.12,
        hertz: hertz * random.between(0.9, 1.1),
        decaySeconds: random.octaves(0.008, 0.05),
        amplitude: peak * random.between(0.4, 1),
      });
    }
    now += 0.25 + gapSeconds * random.between(0.3, 2);
  }
  return [new RingsVoice(rings, surroundings)];
}

/** A struck thing: a sine that dies away. */
export interface Ring {
  readonly startSeconds: number;
  readonly hertz: number;
  /** Time in which it falls to 1/e. */
  readonly decaySeconds: number;
  readonly amplitude: number;
}

/** Decay times after which a ring has fallen by 60 dB and ends. */
const DECAYS = 7;

/** Renders many short rings: clicks, knocks, drops. */
export class RingsVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #rings: readonly Ring[];
  readonly #sampleRateHz: number;

  /**
   * @param rings The rings, at least one, in order of their starts; each is over within a cell.
   * @param surroundings The ocean they are in.
   */
  constructor(rings: readonly Ring[], { sampleRateHz }: Surroundings) {
    this.#rings = rings;
    this.#sampleRateHz = sampleRateHz;
    this.startSample = Math.floor(rings[0].startSeconds * sampleRateHz);
    this.stopSample = Math.ceil(rings[rings.length - 1].startSeconds * sampleRateHz) + CELL_SAMPLES;
  }

  add(out: Float32Array, cell: number): void {
    const first = cell * CELL_SAMPLES;
    const rate = this.#sampleRateHz;
    let index = this.#firstFrom((first - CELL_SAMPLES) / rate);
    for (; index < this.#rings.length; index++) {
      const { startSeconds, hertz, decaySeconds, amplitude } = this.#rings[index];
      const start = Math.round(startSeconds * rate);
      if (start >= first + CELL_SAMPLES) return;
      const stop = Math.min(first + CELL_SAMPLES, start + Math.round(DECAYS * decaySeconds * rate));
      const turn = (2 * Math.PI * hertz) / rate;
      for (let sample = Math.max(start, first); sample < stop; sample++) {
        const n = sample - start;
        out[sample - first] += amplitude * Math.exp(-n / (decaySeconds * rate)) *
          Math.sin(turn * n);
      }
    }
  }

  /** Finds the index of the first ring that starts at or after a time. */
  #firstFrom(seconds: number): number {
    let [low, high] = [0, this.#rings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rings[middle].startSeconds < seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
