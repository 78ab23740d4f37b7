import type { SeededRandom } from "../../core/mod.ts";

/** One sound of a song, as a singer would sing it every time. */
export interface SongUnit {
  readonly durationSeconds: number;
  /** Fundamental frequency at evenly spaced points from its start to its end. */
  readonly contourHz: readonly number[];
  /** Amplitude of each harmonic, the fundamental first. */
  readonly harmonics: readonly number[];
  /** Pulses a second; 0 for a smooth sound. */
  readonly pulseHz: number;
  /** Rate at which the pitch trembles, in Hz. */
  readonly vibratoHz: number;
  readonly vibratoDepth: number;
  /** Level beside the song's other units, in dB. */
  readonly levelDb: number;
}

/** Ranges that the units of one family are drawn from. */
interface Family {
  readonly hertz: readonly [number, number];
  /** Last frequency over the first. */
  readonly sweep: readonly [number, number];
  /** Height of the middle above the ends, in octaves. */
  readonly arch: readonly [number, number];
  readonly seconds: readonly [number, number];
  readonly harmonics: readonly [number, number];
  readonly pulseHz: readonly [number, number];
}

/**
 * Families of units after what is written of humpback song: moans, cries, sweeps and trains of
 * grunts.
 */
const FAMILIES: readonly Family[] = [
  {
    hertz: [100, 400],
    sweep: [0.7, 1.4],
    arch: [-0.1, 0.25],
    seconds: [0.9, 3],
    harmonics: [3, 8],
    pulseHz: [0, 0],
  },
  {
    hertz: [200, 700],
    sweep: [1.4, 2.4],
    arch: [-0.2, 0.2],
    seconds: [0.5, 1.8],
    harmonics: [2, 5],
    pulseHz: [0, 0],
  },
  {
    hertz: [500, 1500],
    sweep: [0.35, 0.7],
    arch: [-0.2, 0.2],
    seconds: [0.5, 1.8],
    harmonics: [1, 4],
    pulseHz: [0, 0],
  },
  {
    hertz: [350, 1300],
    sweep: [0.8, 1.25],
    arch: [0.2, 0.7],
    seconds: [0.5, 1.6],
    harmonics: [2, 5],
    pulseHz: [0, 0],
  },
  {
    hertz: [80, 220],
    sweep: [0.7, 1.3],
    arch: [-0.1, 0.2],
    seconds: [0.6, 1.6],
    harmonics: [4, 9],
    pulseHz: [9, 28],
  },
];

/** Points of a contour. */
const POINTS = 5;

/**
 * Draws a unit of any family.
 *
 * @param random Draws it.
 * @returns A unit of 0.5 to 3 s.
 */
export function drawUnit(random: SeededRandom): SongUnit {
  const family = random.pick(FAMILIES);
  const hertz = random.octaves(...family.hertz);
  const sweep = random.octaves(...family.sweep);
  const arch = random.between(...family.arch);
  const fallDb = random.between(2, 8);
  return {
    durationSeconds: random.octaves(...family.seconds),
    contourHz: Array.from({ length: POINTS }, (_, i) => {
      const x = i / (POINTS - 1);
      const bend = arch * Math.sin(Math.PI * x) + 0.04 * random.gaussian();
      return hertz * Math.pow(sweep, x) * Math.pow(2, bend);
    }),
    harmonics: Array.from(
      { length: random.integer(...family.harmonics) },
      (_, k) => Math.pow(10, -(k * fallDb + random.between(0, 6)) / 20),
    ),
    pulseHz: random.between(...family.pulseHz),
    vibratoHz: random.between(3, 7),
    vibratoDepth: random.between(0, 0.012),
    levelDb: random.between(-3, 1),
  };
}

/**
 * Varies a unit as it comes out another time: a little longer or shorter, higher or lower.
 *
 * @param unit The unit.
 * @param random Draws the difference.
 */
export function varyUnit(unit: SongUnit, random: SeededRandom): SongUnit {
  const pitch = Math.pow(2, 0.04 * random.gaussian());
  return {
    ...unit,
    durationSeconds: unit.durationSeconds * random.between(0.92, 1.08),
    contourHz: unit.contourHz.map((hertz) => hertz * pitch),
    levelDb: unit.levelDb + random.between(-1, 1),
  };
}
