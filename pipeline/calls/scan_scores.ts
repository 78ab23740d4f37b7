import type { ReadScoresOptions, ScoredHour } from "../scoring/mod.ts";
import { ScoreSet } from "../scoring/score_set.ts";
import type { ReadableStorage } from "../storage/storage.ts";
import { CALL_DEFAULTS } from "./call_defaults.ts";
import type { CallOptions } from "./call_finder.ts";
import type { Calibrator } from "./calibrator.ts";

/** How scores become calls, and which are taken. */
export interface ScanOptions extends Partial<Omit<CallOptions, "calibrate">>, ReadScoresOptions {
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
  const settings: CallOptions = {
    ...CALL_DEFAULTS,
    edges: "shrink",
    ...finding,
    calibrate: calibrator?.apply,
  };
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
