import { SeededRandom } from "../../core/mod.ts";
import type { OceanEvent } from "./events.ts";
import { ColouredNoise, LEAD_SAMPLES, lowPass, shelf } from "./noise.ts";
import { ToneVoice } from "./tones.ts";
import {
  CELL_SAMPLES,
  CELL_STEPS,
  decibelsToGain,
  fade,
  STEP_SAMPLES,
  type Surroundings,
  type Voice,
} from "./voice.ts";

/** Part of the sound that the surface throws back, upside down. */
const SURFACE = 0.8;

/**
 * Renders the wash of the propeller: noise that beats with the blades, with the surface's image of
 * it.
 */
class PropellerVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  readonly #noise: ColouredNoise;
  readonly #passage: ShipPassage;
  readonly #gainAt: (sample: number) => number;
  readonly #sampleRateHz: number;
  readonly #bladesHz: number;
  readonly #depth: number;

  constructor(
    random: SeededRandom,
    passage: ShipPassage,
    sound: { gainAt: (sample: number) => number; span: [number, number]; bladesHz: number },
    sampleRateHz: number,
  ) {
    const sections = [
      lowPass(random.octaves(60, 250), sampleRateHz),
      shelf(random.octaves(1000, 2500), 4000, sampleRateHz),
    ];
    this.#noise = new ColouredNoise(random.uint32(), sections, sampleRateHz);
    this.#depth = random.between(0.1, 0.6);
    this.#passage = passage;
    this.#gainAt = sound.gainAt;
    this.#bladesHz = sound.bladesHz;
    [this.startSample, this.stopSample] = sound.span;
    this.#sampleRateHz = sampleRateHz;
  }

  add(out: Float32Array, cell: number): void {
    const noise = this.#noise.cell(cell);
    const rate = this.#sampleRateHz;
    for (let step = 0; step < CELL_STEPS; step++) {
      const from = step * STEP_SAMPLES;
      const sample = cell * CELL_SAMPLES + from;
      const gain = this.#gainAt(sample);
      if (gain === 0) continue;
      const ahead = sample + STEP_SAMPLES;
      let lag = this.#passage.surfaceLagAt(sample / rate) * rate;
      const lagSlope = (this.#passage.surfaceLagAt(ahead / rate) * rate - lag) / STEP_SAMPLES;
      let strength = gain * this.#beatAt(sample / rate);
      const strengthSlope = (this.#gainAt(ahead) * this.#beatAt(ahead / rate) - strength) /
        STEP_SAMPLES;
      for (let i = from; i < from + STEP_SAMPLES; i++) {
        const late = LEAD_SAMPLES + i - lag;
        const whole = Math.floor(late);
        const image = noise[whole] + (late - whole) * (noise[whole + 1] - noise[whole]);
        out[i] += strength * (noise[LEAD_SAMPLES + i] - SURFACE * image);
        lag += lagSlope;
        strength += strengthSlope;
      }
    }
  }

  #beatAt(seconds: number): number {
    const cycles = this.#bladesHz * this.#passage.sentAt(seconds);
    return 1 + this.#depth * Math.sin(2 * Math.PI * cycles);
  }
}

/**
 * Makes a ship that goes by: propeller wash with the fringes that the surface makes (Lloyd's
 * mirror), the blades' lines and a machine's, lowered in pitch as it passes.
 *
 * @param event Where and how loud at its closest.
 * @param surroundings The ocean it is in.
 */
export function shipVoices(event: OceanEvent, surroundings: Surroundings): Voice[] {
  const { sampleRateHz, referenceRms } = surroundings;
  const random = new SeededRandom(event.seed, 0x51);
  const passage = drawPassage(event.seed, event.startSeconds, event.stopSeconds);
  const strongest = referenceRms * decibelsToGain(event.levelDb);
  const rise = Math.min(20, (event.stopSeconds - event.startSeconds) / 4);
  const gainAt = (sample: number): number => {
    const seconds = sample / sampleRateHz;
    return strongest * (passage.closestMetres / passage.distanceAt(seconds)) *
      fade(seconds, event.startSeconds, event.stopSeconds, rise);
  };
  const span: [number, number] = [
    Math.floor(event.startSeconds * sampleRateHz),
    Math.ceil(event.stopSeconds * sampleRateHz),
  ];
  const bladesHz = random.between(5, 14);
  const lines = (hertz: number, count: number, levelDb: number): Voice => {
    const gain = decibelsToGain(levelDb) / Math.sqrt(count);
    const amplitudes = Array.from({ length: count }, () => random.between(0.1, 2) * gain);
    const cyclesAt = (sample: number): number => hertz * passage.sentAt(sample / sampleRateHz);
    return new ToneVoice({ amplitudes, cyclesAt, gainAt }, span);
  };
  return [
    new PropellerVoice(random, passage, { gainAt, span, bladesHz }, sampleRateHz),
    lines(bladesHz, 16, random.between(-12, 0)),
    lines(random.octaves(30, 400), random.integer(2, 8), random.between(-18, -4)),
  ];
}

/** Speed of sound in sea water, in m/s. */
const SOUND_SPEED = 1500;

/** Passage of a ship: along a straight line at a steady speed. */
interface ShipPassage {
  /** Time of the closest approach, in seconds from the start of the ocean. */
  readonly closestSeconds: number;
  /** Distance at a time, in metres. */
  readonly distanceAt: (seconds: number) => number;
  /** Distance at the closest approach, in metres. */
  readonly closestMetres: number;
  /** Time lag of the sound that comes off the surface, in seconds. */
  readonly surfaceLagAt: (seconds: number) => number;
  /** The time at which what is heard now left the ship, but for a constant. */
  readonly sentAt: (seconds: number) => number;
}

/**
 * Draws a passage that is about centred in a span and faint at its ends.
 *
 * @param seed Draws it.
 * @param startSeconds Where the span starts.
 * @param stopSeconds Where it stops.
 */
function drawPassage(seed: number, startSeconds: number, stopSeconds: number): ShipPassage {
  const random = new SeededRandom(seed, 0x5b);
  const span = stopSeconds - startSeconds;
  const closestSeconds = startSeconds + span * random.between(0.4, 0.6);
  const speed = random.between(4, 10);
  const closestMetres = (speed * span) / random.between(8, 16);
  const depths = random.between(3, 8) * random.between(30, 200);
  const distanceAt = (seconds: number): number =>
    Math.hypot(closestMetres, speed * (seconds - closestSeconds));
  return {
    closestSeconds,
    closestMetres,
    distanceAt,
    // Two paths of a shallow source differ by 2·(source depth)·(receiver depth) / distance.
    surfaceLagAt: (seconds) => Math.min(0.006, (2 * depths) / distanceAt(seconds) / SOUND_SPEED),
    sentAt: (seconds) => seconds - distanceAt(seconds) / SOUND_SPEED,
  };
}
