import type { ScoreRun, Span } from "../../analysis/evaluation/mod.ts";
import { medianFilter } from "../../pipeline/calls/mod.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { HOUR_BINS, HOUR_MS, readScores, type ScoredHour } from "../../pipeline/scoring/mod.ts";
import { formatUtc } from "../../pipeline/utc.ts";

/** Window of the published detector; hours without a manifest say no other. */
const PUBLISHED_WINDOW_SECONDS = 3.9124;

/** Scores around annotated time. */
export interface LoadedScores {
  /** Filtered scores, hours that follow each other together. */
  runs: ScoreRun[];
  /** Fingerprint; nothing for scores of unknown origin. */
  fingerprint?: string;
  /** What must be shown beside results: that a detector is a demo. */
  notice?: string;
  /** How far the centre of what a bin hears is from the bin's own, whole milliseconds. */
  shiftMs: number;
}

/**
 * Reads the hours of a folder of scores that touch annotated time or lie beside it, and filters
 * them.
 *
 * @throws {MegapteraError} `data` where there are none; `configuration` where they were not all
 * made the same way, or their clock is nominal.
 */
export async function loadScores(
  folder: string,
  covered: readonly Span[],
  medianSeconds: number,
): Promise<LoadedScores> {
  const hours: ScoredHour[] = [];
  for await (const hour of readScores(folder)) {
    const [fromMs, toMs] = [hour.hourMs - HOUR_MS, hour.hourMs + 2 * HOUR_MS];
    if (!covered.some(({ startMs, stopMs }) => startMs < toMs && stopMs > fromMs)) continue;
    checkHour(folder, hour, hours[0]);
    hours.push(hour);
  }
  if (hours.length === 0) {
    throw new MegapteraError(
      "data",
      `Cannot evaluate the scores in ${folder} as they have no hour of the annotated time, which ` +
        `starts at ${formatUtc(covered[0].startMs)}.`,
    );
  }
  const { manifest } = hours[0];
  const windowSeconds = manifest?.detector.windowSeconds ?? PUBLISHED_WINDOW_SECONDS;
  return {
    runs: joinHours(hours).map(({ startMs, scores }) => ({
      startMs,
      scores: medianFilter(scores, medianSeconds),
    })),
    shiftMs: Math.round((windowSeconds - 1) * 500),
    ...(manifest ? { fingerprint: manifest.fingerprint } : {}),
    ...(manifest?.detector.notice ? { notice: manifest.detector.notice } : {}),
  };
}

function checkHour(folder: string, hour: ScoredHour, first: ScoredHour | undefined): void {
  if (hour.manifest?.clock === "nominal") {
    throw new MegapteraError(
      "configuration",
      `Cannot evaluate the scores in ${folder} as the seconds of ${formatUtc(hour.hourMs)} are ` +
        "nominal, up to 33 s off: score the recordings with --recipe exact.",
    );
  }
  if (first && hour.manifest?.fingerprint !== first.manifest?.fingerprint) {
    throw new MegapteraError(
      "configuration",
      `Cannot evaluate the scores in ${folder} as ${formatUtc(first.hourMs)} and ` +
        `${
          formatUtc(hour.hourMs)
        } were not made the same way (their fingerprints differ): evaluate ` +
        "each kind by itself.",
    );
  }
}

function joinHours(hours: readonly ScoredHour[]): ScoreRun[] {
  const runs: ScoredHour[][] = [];
  for (const hour of hours) {
    const last = runs.at(-1);
    if (last?.at(-1)?.hourMs === hour.hourMs - HOUR_MS) last.push(hour);
    else runs.push([hour]);
  }
  return runs.map((run) => {
    const scores = new Float64Array(run.length * HOUR_BINS);
    run.forEach((hour, i) => scores.set(hour.scores, i * HOUR_BINS));
    return { startMs: run[0].hourMs, scores };
  });
}
