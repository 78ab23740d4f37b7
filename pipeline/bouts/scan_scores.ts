import type { ReadableStorage } from "../places/mod.ts";
import { type ReadScoresOptions, type ScoredHour, ScoreSet } from "../scores/mod.ts";
import type { BoutOptions } from "./bout_finder.ts";
import type { Edges } from "./edges.ts";

/** Rules by which scores become bouts, each of which may be left to its default. */
type SaidBoutOptions = {
  [Option in Exclude<keyof BoutOptions, "calibrate">]?: BoutOptions[Option] | undefined;
};

/** Rules by which scores become bouts, and limits on what is read. */
export interface ScanOptions extends SaidBoutOptions, ReadScoresOptions {
  /** Turns filtered scores into what thresholds are compared with, such as probabilities. */
  calibrator?: Calibrator | undefined;
  /** Hears of each hour that was read, before what it ends. */
  onHour?: ((hour: ScoredHour) => void) | undefined;
}

/** Scores that are to become bouts. */
export interface Scan {
  set: ScoreSet;
  /** Settings of `BoutFinder`, whole. */
  settings: BoutOptions;
  /** The hours in the order of time, those that a calibrator is not for refused. */
  hours: AsyncGenerator<ScoredHour>;
}

/**
 * Completes how scores become bouts: what is said, else what their detector's description says, else
 * the usual convention.
 *
 * @param set The scores.
 * @param said What is said.
 * @returns All of it, without a calibration.
 * @throws {MegapteraError} `data` where the first manifest is wrong.
 */
export async function boutSettings(
  set: ScoreSet,
  said: SaidBoutOptions,
): Promise<BoutOptions & { edges: Edges }> {
  const { medianSeconds, gapSeconds, minSeconds } = await set.boutConvention();
  return {
    threshold: said.threshold ?? BOUT_DEFAULTS.threshold,
    off: said.off,
    median: said.median ?? medianSeconds ?? BOUT_DEFAULTS.median,
    edges: said.edges ?? "shrink",
    gap: said.gap ?? gapSeconds ?? BOUT_DEFAULTS.gap,
    min: said.min ?? minSeconds ?? BOUT_DEFAULTS.min,
  };
}

/**
 * Opens scores that are to become bouts.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How they become bouts, and which are taken.
 * @returns The scores, settings and hours.
 * @throws {MegapteraError} `data` where there are none.
 */
export async function scanScores(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions,
): Promise<Scan> {
  const set = source instanceof ScoreSet ? source : await ScoreSet.open(source, options);
  const { calibrator, onHour, ...finding } = options;
  const settings = { ...await boutSettings(set, finding), calibrate: calibrator?.apply };
  return { set, settings, hours: hours() };

  async function* hours(): AsyncGenerator<ScoredHour> {
    const { median, edges = "shrink" } = settings;
    for await (const hour of set.read()) {
      const { manifest } = hour;
      calibrator?.check({ fingerprint: manifest?.fingerprint, medianSeconds: median, edges });
      onHour?.(hour);
      yield hour;
    }
  }
}

/** Settings that give a filtered score its meaning. */
export interface FilteredScores {
  /** Fingerprint of the scores; nothing for scores of unknown origin. */
  fingerprint?: string | undefined;
  /** Window of the median filter, in seconds. */
  medianSeconds: number;
  /** Values that the window found beyond the ends of effort. */
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

/**
 * Usual rules by which scores become bouts: a median of 25 s as the Monterey Bay Aquarium Research
 * Institute shows its scores, a threshold of 0.5, gaps of 10 s joined, bouts of 3 s at least.
 * Conventions, no more: no threshold is right for every site.
 */
export const BOUT_DEFAULTS: Readonly<Pick<BoutOptions, "median" | "threshold" | "gap" | "min">> = {
  median: 25,
  threshold: 0.5,
  gap: 10,
  min: 3,
};
