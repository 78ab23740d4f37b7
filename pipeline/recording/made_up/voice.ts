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

/** What a sound needs to know of the ocean that it is in. */
export interface Surroundings {
  readonly sampleRateHz: number;
  /** RMS of the ocean's own noise from 100 to 2,000 Hz, to which levels refer. */
  readonly referenceRms: number;
}
