import type { Edges } from "./edges.ts";

/** What decides what a filtered score means. */
export interface FilteredScores {
  /** Fingerprint of the scores; nothing for scores of unknown origin. */
  fingerprint?: string | undefined;
  /** Window of the median filter, in seconds. */
  medianSeconds: number;
  /** What it found beyond the ends of effort. */
  edges: Edges;
}

/** Turns filtered scores into what thresholds are compared with, such as probabilities. */
export interface Calibrator {
  /**
   * Checks that it is for such scores.
   *
   * @throws {MegapteraError} `configuration` where it is not.
   */
  check(scores: FilteredScores): void;
  /**
   * Turns a filtered score into its value; never falling.
   *
   * @param filtered 0 to 1.
   * @returns 0 to 1.
   */
  apply(filtered: number): number;
}
