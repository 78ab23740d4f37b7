import { intersectSpans, type Span, unionSpans } from "../../core/mod.ts";
import { effortSpans } from "../../pipeline/bouts/mod.ts";

/** Scores of hours that follow each other. */
export interface ScoreRun {
  /** Start of the first bin, epoch milliseconds. */
  startMs: number;
  /** One score a bin of a second; NaN without effort. */
  scores: Float64Array;
}

/** Seconds that count, each with its score and whether a bout is there. */
export interface SecondItems {
  /** Score of each second. */
  scores: Float64Array;
  /** Whether a bout touches it. */
  positive: boolean[];
  /** Start of the second that it hears at its centre, to the nearest whole one, epoch milliseconds. */
  secondMs: Float64Array;
}

/**
 * The seconds of scores that count, each with its truth. What a score hears is centred later than
 * its bin starts, so a bin is compared with the annotations of the second that lies `shiftMs` later.
 * A second counts where at least half of it is covered and it has a score; it is positive where a
 * bout touches its covered part.
 *
 * @param runs Scores, filtered or not.
 * @param bouts What is there.
 * @param covered The time that counts, in any order.
 * @param shiftMs How far the centre of what a bin hears is from the bin's own.
 * @returns The items, in the order of the runs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const run = { startMs: 0, scores: Float64Array.of(0.1, 0.9, NaN) };
 * const [bouts, covered] = [[{ startMs: 2500, stopMs: 2600 }], [{ startMs: 0, stopMs: 9000 }]];
 * const { positive } = secondItems([run], bouts, covered, 1456);
 * assert.deepEqual(positive, [false, true]);
 * ```
 */
export function secondItems(
  runs: readonly ScoreRun[],
  bouts: readonly Span[],
  covered: readonly Span[],
  shiftMs: number,
): SecondItems {
  const cover = unionSpans(covered);
  const there = intersectSpans(unionSpans(bouts), cover);
  const [scores, secondMs]: number[][] = [[], []];
  const positive: boolean[] = [];
  for (const run of runs) {
    let [atCover, atBout] = [0, 0];
    for (let bin = 0; bin < run.scores.length; bin++) {
      if (Number.isNaN(run.scores[bin])) continue;
      const startMs = run.startMs + bin * 1000 + shiftMs;
      const stopMs = startMs + 1000;
      while (atCover < cover.length && cover[atCover].stopMs <= startMs) atCover++;
      while (atBout < there.length && there[atBout].stopMs <= startMs) atBout++;
      let overlap = 0;
      for (let i = atCover; i < cover.length && cover[i].startMs < stopMs; i++) {
        overlap += Math.min(stopMs, cover[i].stopMs) - Math.max(startMs, cover[i].startMs);
      }
      if (overlap < 500) continue;
      scores.push(run.scores[bin]);
      positive.push(atBout < there.length && there[atBout].startMs < stopMs);
      secondMs.push(Math.round(startMs / 1000) * 1000);
    }
  }
  return { scores: Float64Array.from(scores), positive, secondMs: Float64Array.from(secondMs) };
}

/**
 * The time that scores speak for: seconds with a score, shifted to the centre of what they hear.
 *
 * @param runs Scores.
 * @param shiftMs How far the centre of what a bin hears is from the bin's own.
 * @returns Ascending spans, apart from each other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const run = { startMs: 0, scores: Float64Array.of(0.1, NaN, 0.2) };
 * assert.deepEqual(effortCover([run], 456)[1], { startMs: 2456, stopMs: 3456 });
 * ```
 */
export function effortCover(runs: readonly ScoreRun[], shiftMs: number): Span[] {
  return unionSpans(
    runs.flatMap(({ startMs, scores }) =>
      effortSpans(scores).map(({ start, stop }) => ({
        startMs: startMs + start * 1000 + shiftMs,
        stopMs: startMs + stop * 1000 + shiftMs,
      }))
    ),
  );
}
