import { SeededRandom } from "../../core/mod.ts";
import type { OceanEvent } from "./events.ts";
import { drawUnit, type SongUnit, varyUnit } from "./song_unit.ts";
import { addHarmonics } from "./tones.ts";
import {
  CELL_SAMPLES,
  decibelsToGain,
  fade,
  STEP_SAMPLES,
  type Surroundings,
  type Voice,
} from "./voice.ts";

/** Room for a unit's echoes, in seconds. */
const ECHO_SECONDS = 0.75;

/** Renders a bout of humpback-like song. */
export class SongVoice implements Voice {
  readonly startSample: number;
  readonly stopSample: number;
  /** Start of the first unit, in seconds from the start of the ocean. */
  readonly startSeconds: number;
  /** Stop of the last unit, its echoes not counted, in seconds from the start of the ocean. */
  readonly stopSeconds: number;
  readonly #units: readonly SungUnit[];
  readonly #echoes: readonly Echo[];
  readonly #gain: number;
  readonly #sampleRateHz: number;
  /** Units that the last cell needed, by their index. */
  readonly #rendered = new Map<number, Float32Array>();

  /**
   * @param event Where and how loud.
   * @param surroundings The ocean it is in.
   * @throws {RangeError} Where the event is too short for one unit.
   */
  constructor(event: OceanEvent, { sampleRateHz, referenceRms }: Surroundings) {
    const units = sing(event.seed, event.startSeconds, event.stopSeconds);
    const last = units.at(-1);
    if (last === undefined) {
      throw new RangeError(
        `Cannot sing from ${event.startSeconds} to ${event.stopSeconds} s as the first unit of ` +
          `seed ${event.seed} lasts longer`,
      );
    }
    this.#units = units;
    this.#echoes = drawEchoes(new SeededRandom(event.seed, 0xec));
    this.#gain = referenceRms * decibelsToGain(event.levelDb);
    this.#sampleRateHz = sampleRateHz;
    this.startSeconds = units[0].startSeconds;
    this.stopSeconds = last.startSeconds + last.durationSeconds;
    this.startSample = Math.floor(this.startSeconds * sampleRateHz);
    this.stopSample = Math.ceil((this.stopSeconds + ECHO_SECONDS) * sampleRateHz);
  }

  add(out: Float32Array, cell: number): void {
    const first = cell * CELL_SAMPLES;
    this.#units.forEach((unit, index) => {
      const start = Math.round(unit.startSeconds * this.#sampleRateHz);
      const reach = (unit.durationSeconds + ECHO_SECONDS) * this.#sampleRateHz;
      if (start >= first + CELL_SAMPLES || start + reach <= first) {
        this.#rendered.delete(index);
        return;
      }
      const samples = this.#render(unit, index);
      const gain = this.#gain * decibelsToGain(unit.levelDb);
      const stop = Math.min(first + CELL_SAMPLES, start + samples.length);
      for (let i = Math.max(start, first); i < stop; i++) {
        out[i - first] += gain * samples[i - start];
      }
    });
  }

  #render(unit: SungUnit, index: number): Float32Array {
    let samples = this.#rendered.get(index);
    if (samples === undefined) {
      const dry = renderUnit(unit, this.#sampleRateHz);
      samples = withEchoes(dry, this.#echoes, this.#sampleRateHz);
      this.#rendered.set(index, samples);
    }
    return samples;
  }
}

/** A unit with its place in the ocean. */
interface SungUnit extends SongUnit {
  readonly startSeconds: number;
}

/** Silence between the units of a phrase, and between phrases, in seconds. */
const UNIT_GAP = [0.3, 1.2] as const;
const PHRASE_GAP = [0.7, 1.9] as const;

/** Draws the phrases of a song from a small repertoire of units. */
function drawPhrases(random: SeededRandom): SongUnit[][] {
  const repertoire = Array.from({ length: random.integer(4, 7) }, () => drawUnit(random));
  return Array.from(
    { length: random.integer(2, 4) },
    () => Array.from({ length: random.integer(2, 5) }, () => random.pick(repertoire)),
  );
}

/**
 * Composes a bout of singing: units make up phrases, a phrase is sung a few times before the next
 * (Payne and McVay 1971, "Songs of humpback whales"). No silence in it lasts 2 s.
 *
 * @param seed Draws the song.
 * @param startSeconds Where the first unit starts.
 * @param stopSeconds The last unit ends before this.
 * @returns The units in order, none where not even the first fits.
 */
export function sing(seed: number, startSeconds: number, stopSeconds: number): SungUnit[] {
  const random = new SeededRandom(seed, 0x50);
  const phrases = drawPhrases(random);
  const sung: SungUnit[] = [];
  let now = startSeconds;
  for (let theme = 0;; theme++) {
    const phrase = phrases[theme % phrases.length];
    for (let times = random.integer(2, 5); times > 0; times--) {
      for (const [index, written] of phrase.entries()) {
        const unit = varyUnit(written, random);
        if (now + unit.durationSeconds > stopSeconds) return sung;
        sung.push({ ...unit, startSeconds: now });
        const gap: readonly [number, number] = index === phrase.length - 1 ? PHRASE_GAP : UNIT_GAP;
        now += unit.durationSeconds + random.between(...gap);
      }
    }
  }
}

/**
 * Finds the frequency at a part x of a contour, 0 ≤ x ≤ 1: its octaves follow a Catmull–Rom spline.
 */
function contourAt(contourHz: readonly number[], x: number): number {
  const place = Math.min(x, 1 - 1e-9) * (contourHz.length - 1);
  const point = Math.floor(place);
  const t = place - point;
  const octave = (index: number): number =>
    Math.log2(contourHz[Math.max(0, Math.min(contourHz.length - 1, index))]);
  const [p0, p1, p2, p3] = [-1, 0, 1, 2].map((ahead) => octave(point + ahead));
  const bent = 2 * p1 + t * (p2 - p0) + t * t * (2 * p0 - 5 * p1 + 4 * p2 - p3) +
    t * t * t * (3 * p1 - p0 - 3 * p2 + p3);
  return Math.pow(2, bent / 2);
}

/** Cuts a sound into pulses that start at once and die away. */
function pulse(samples: Float32Array, pulseHz: number, sampleRateHz: number): void {
  for (let i = 0; i < samples.length; i++) {
    const cycles = (i * pulseHz) / sampleRateHz;
    const within = cycles - Math.floor(cycles);
    samples[i] *= Math.min(1, within * 12) * Math.exp(-5 * within);
  }
}

/**
 * Renders a unit as it leaves the whale.
 *
 * @param unit The unit.
 * @param sampleRateHz Sample rate in Hz; harmonics that come near half of it are left out.
 * @returns Its samples, of RMS 1 over its duration, whole steps long.
 */
export function renderUnit(unit: SongUnit, sampleRateHz: number): Float32Array {
  const length = unit.durationSeconds * sampleRateHz;
  const steps = Math.ceil(length / STEP_SAMPLES);
  const cycles = new Float64Array(steps + 1);
  const gains = new Float64Array(steps + 1);
  for (let step = 0; step <= steps; step++) {
    const sample = step * STEP_SAMPLES;
    gains[step] = fade(sample, -1, length, 0.08 * length, 0.25 * length);
    const tremble = Math.sin((2 * Math.PI * unit.vibratoHz * sample) / sampleRateHz);
    const hertz = contourAt(unit.contourHz, sample / length) * (1 + unit.vibratoDepth * tremble);
    if (step < steps) cycles[step + 1] = cycles[step] + (hertz * STEP_SAMPLES) / sampleRateHz;
  }
  const highest = Math.floor((0.45 * sampleRateHz) / Math.max(...unit.contourHz));
  const samples = new Float32Array(steps * STEP_SAMPLES);
  addHarmonics(samples, cycles, gains, unit.harmonics.slice(0, Math.max(1, highest)));
  if (unit.pulseHz > 0) pulse(samples, unit.pulseHz, sampleRateHz);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / length;
  const scale = 1 / Math.sqrt(power);
  for (let i = 0; i < samples.length; i++) samples[i] *= scale;
  return samples;
}

/** A path by which a sound comes once more. */
interface Echo {
  readonly delaySeconds: number;
  /** Amplitude beside the direct sound's; below 0 where it came off the surface. */
  readonly gain: number;
}

/**
 * Draws the paths between a singer and the hydrophone: one off the surface, one off the bottom,
 * and a thinning tail.
 *
 * @param random Draws them.
 * @returns Echoes within 0.7 s of the direct sound.
 */
function drawEchoes(random: SeededRandom): Echo[] {
  const tail = Array.from({ length: 8 }, () => {
    const delaySeconds = random.between(0.05, 0.7);
    return { delaySeconds, gain: 0.2 * random.gaussian() * Math.exp(-delaySeconds / 0.25) };
  });
  return [
    { delaySeconds: random.octaves(0.004, 0.05), gain: -random.between(0.2, 0.7) },
    { delaySeconds: random.octaves(0.06, 0.4), gain: random.between(0.05, 0.3) },
    ...tail,
  ];
}

/**
 * Adds echoes to a sound.
 *
 * @param dry The sound.
 * @param echoes Its echoes.
 * @param sampleRateHz Sample rate in Hz.
 * @returns A longer sound that ends with the last echo.
 */
function withEchoes(
  dry: Float32Array,
  echoes: readonly Echo[],
  sampleRateHz: number,
): Float32Array {
  const delays = echoes.map(({ delaySeconds }) => Math.round(delaySeconds * sampleRateHz));
  const wet = new Float32Array(dry.length + Math.max(0, ...delays));
  wet.set(dry);
  echoes.forEach(({ gain }, index) => {
    const delay = delays[index];
    for (let i = 0; i < dry.length; i++) wet[delay + i] += gain * dry[i];
  });
  return wet;
}
