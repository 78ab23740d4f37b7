import type { ReadableStorage } from "../places/mod.ts";
import { type ReadScoresOptions, type ScoredHour, ScoreSet } from "../scoring/mod.ts";
import type { Calibrator } from "./calibrator.ts";
import { CALL_DEFAULTS } from "./call_defaults.ts";
import type { CallOptions } from "./call_finder.ts";
import type { Edges } from "./edges.ts";

/** How scores become calls, as far as somebody says it. */
export type SaidCallOptions = {
  [Option in Exclude<keyof CallOptions, "calibrate">]?: CallOptions[Option] | undefined;
};

/** How scores become calls, and which are taken. */
export interface ScanOptions extends SaidCallOptions, ReadScoresOptions {
  /** Turns filtered scores into what thresholds are compared with, such as probabilities. */
  calibrator?: Calibrator | undefined;
  /** Told each hour that was read, before what it ends. */
  onHour?: ((hour: ScoredHour) => void) | undefined;
}

/** Scores that are to become calls. */
export interface Scan {
  set: ScoreSet;
  /** Settings of `CallFinder`, whole. */
  settings: CallOptions;
  /** The hours in the order of time, those that a calibrator is not for refused. */
  hours: AsyncGenerator<ScoredHour>;
}

/**
 * Completes how scores become calls: what is said, else what their detector's description says, else
 * the usual convention.
 *
 * @param set The scores.
 * @param said What is said.
 * @returns All of it, without a calibration.
 * @throws {MegapteraError} `data` where the first manifest is wrong.
 */
export async function callSettings(
  set: ScoreSet,
  said: SaidCallOptions,
): Promise<CallOptions & { edges: Edges }> {
  const { medianSeconds, gapSeconds, minSeconds } = await set.callConvention();
  return {
    threshold: said.threshold ?? CALL_DEFAULTS.threshold,
    off: said.off,
    median: said.median ?? medianSeconds ?? CALL_DEFAULTS.median,
    edges: said.edges ?? "shrink",
    gap: said.gap ?? gapSeconds ?? CALL_DEFAULTS.gap,
    min: said.min ?? minSeconds ?? CALL_DEFAULTS.min,
  };
}

/**
 * Opens scores that are to become calls.
 *
 * @param source A folder of score files, `s3://bucket/prefix`, a storage, or scores opened before.
 * @param options How they become calls, and which are taken.
 * @returns The scores, settings and hours.
 * @throws {MegapteraError} `data` where there are none.
 */
export async function scanScores(
  source: string | ReadableStorage | ScoreSet,
  options: ScanOptions,
): Promise<Scan> {
  const set = source instanceof ScoreSet ? source : await ScoreSet.open(source, options);
  const { calibrator, onHour, ...finding } = options;
  const settings = { ...await callSettings(set, finding), calibrate: calibrator?.apply };
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
