/** The time of day: a seam, so that a test decides it. */
export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

/** The system's clock. */
export const REAL_CLOCK: Clock = { nowMs: () => Date.now() };
