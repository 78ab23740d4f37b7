import type { ScoreRun, Span } from "../../analysis/evaluation/mod.ts";
import { centreShift, type Edges, medianFilter } from "../../pipeline/calls/mod.ts";
import { MegapteraError } from "../../pipeline/errors.ts";
import { HOUR_BINS, HOUR_MS, type ScoredHour, type ScoreSet } from "../../pipeline/scoring/mod.ts";
import { formatUtc } from "../../pipeline/utc.ts";

/** How scores are filtered. */
export interface Filtering {
  /** Window of the median filter, seconds. */
  median: number;
  edges: Edges;
}

/**
 * Reads the hours of scores that touch annotated time or lie beside it, no others, and filters them.
 *
 * @param set The scores.
 * @param covered Annotated time, ascending, not empty.
 * @param filtering How they are filtered.
 * @returns Filtered scores, hours that follow each other together.
 * @throws {MegapteraError} `data` where there are none, or scores are not to be taken.
 */
export async function loadScores(
  set: ScoreSet,
  covered: readonly Span[],
  { median, edges }: Filtering,
): Promise<ScoreRun[]> {
  // What the filter's window reaches, and an hour for bouts that begin or end outside.
  const marginMs = HOUR_MS + Math.ceil(median / 2) * 1000;
  const isNear = (hourMs: number): boolean =>
    covered.some(({ startMs, stopMs }) =>
      startMs - marginMs < hourMs + HOUR_MS && stopMs + marginMs > hourMs
    );
  const runs: ScoreRun[] = [];
  let run: ScoredHour[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    const scores = new Float64Array(run.length * HOUR_BINS);
    run.forEach((hour, i) => scores.set(hour.scores, i * HOUR_BINS));
    runs.push({ startMs: run[0].hourMs, scores: medianFilter(scores, median, edges) });
    run = [];
  };
  for await (const hour of set.read(isNear)) {
    if (run.at(-1)?.hourMs !== hour.hourMs - HOUR_MS) endRun();
    run.push(hour);
  }
  endRun();
  if (runs.length > 0) return runs;
  throw new MegapteraError(
    "data",
    `Cannot evaluate the scores in ${set.name} as they have no hour of the annotated time, which ` +
      `starts at ${formatUtc(covered[0].startMs)}.`,
  );
}

/** How far the centre of what a bin hears is from the bin's own, whole milliseconds as calls have it. */
export function shiftOf({ origin }: ScoreSet): number {
  return Math.round(centreShift(origin.windowSeconds) * 1000);
}
