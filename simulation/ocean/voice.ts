/**
 * Samples that are always made together. Cells lie on a grid that starts with the ocean, so what
 * is heard can't depend on how an ocean is cut into blocks.
 */
export const CELL_SAMPLES = 16_384;
/** Samples between two points at which slow things (gains, frequencies) are worked out. */
export const STEP_SAMPLES = 128;
/** Steps in a cell. */
export const CELL_STEPS = CELL_SAMPLES / STEP_SAMPLES;

/** One source of sound in an ocean. */
export interface Voice {
  /** First sample that may not be silent. */
  readonly startSample: number;
  /** The sample after the last that may not be silent. */
  readonly stopSample: number;
  /**
   * Adds what is heard of it to a cell.
   *
   * @param out The cell's samples, `[CELL_SAMPLES]`, full scale [−1, 1).
   * @param cell The cell's number: its first sample is `cell · CELL_SAMPLES`.
   */
  add(out: Float32Array, cell: number): void;
}

/** Facts of the ocean that a sound in it depends on. */
export interface Surroundings {
  readonly sampleRateHz: number;
  /** RMS of the ocean's own noise from 100 to 2,000 Hz, to which levels refer. */
  readonly referenceRms: number;
}

/**
 * @param decibels A level in dB.
 * @returns The factor of amplitude, `10^(dB / 20)`.
 */
export function decibelsToGain(decibels: number): number {
  return Math.pow(10, decibels / 20);
}

/**
 * Computes a gain that rises over the start of a span and falls over its end, by half cosines.
 *
 * @param x Where to look.
 * @param start Where the span starts.
 * @param stop Where it stops.
 * @param rise How long it rises, > 0.
 * @param fall How long it falls, > 0.
 * @returns 0 outside the span, up to 1 inside.
 */
export function fade(x: number, start: number, stop: number, rise: number, fall = rise): number {
  const inside = Math.min(1, (x - start) / rise, (stop - x) / fall);
  return inside <= 0 ? 0 : 0.5 * (1 - Math.cos(Math.PI * inside));
}
