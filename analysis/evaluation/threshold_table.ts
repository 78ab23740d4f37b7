import { HOUR_MS, lengthOfSpans, type Span, unionSpans } from "../../core/mod.ts";
import { findBinBouts } from "../../pipeline/bouts/mod.ts";
import { type Rates, ratesOf } from "./counts.ts";
import { byCollar, eventCounts } from "./event_counts.ts";
import { intersectionCounts } from "./intersection_counts.ts";
import type { ScoreRun } from "./second_items.ts";
import { segmentCounts } from "./segment_counts.ts";

/** How scores become bouts, and how these are compared. */
export interface ThresholdTableOptions {
  /** The thresholds. */
  thresholds: readonly number[];
  /** Runs of non-positive seconds up to this length are joined over. */
  gapSeconds: number;
  /** Bouts shorter than this are dropped. */
  minSeconds: number;
  /** How far the centre of what a bin hears is from the bin's own. */
  shiftMs: number;
  /** Collar of events. */
  collarMs: number;
}

/** What a threshold does. */
export interface ThresholdRow {
  threshold: number;
  /** By seconds: a second is found where a bout lies. */
  seconds: Rates;
  /** By events whose ends agree within the collar. */
  events: Rates;
  /** By intersection: recall of bouts, and false alarms an hour. */
  recall: number;
  falsePerHour: number;
}

/**
 * Compares the bouts that some thresholds give with what a person marked.
 *
 * @param filtered Filtered scores.
 * @param reference What is there.
 * @param covered The time that counts.
 * @param options Thresholds, and how scores become bouts.
 * @returns One row a threshold.
 */
export function thresholdTable(
  filtered: readonly ScoreRun[],
  reference: readonly Span[],
  covered: readonly Span[],
  options: ThresholdTableOptions,
): ThresholdRow[] {
  const { thresholds, gapSeconds, minSeconds, shiftMs, collarMs } = options;
  const hours = lengthOfSpans(unionSpans(covered)) / HOUR_MS;
  return thresholds.map((threshold) => {
    const bouts = filtered.flatMap(({ startMs, scores }) =>
      findBinBouts(scores, { threshold, gap: gapSeconds, min: minSeconds }).map((bout) => ({
        startMs: startMs + bout.start * 1000 + shiftMs,
        stopMs: startMs + bout.stop * 1000 + shiftMs,
      }))
    );
    const second = { lengthMs: 1000, originMs: shiftMs };

    const shared = intersectionCounts(reference, bouts, covered);
    return {
      threshold,
      seconds: ratesOf(segmentCounts(reference, bouts, covered, second)),
      events: ratesOf(eventCounts(reference, bouts, covered, byCollar(collarMs))),
      recall: ratesOf(shared).recall,
      falsePerHour: shared.falsePositives / hours,
    };
  });
}

/**
 * Average precision: the area under the precision–recall steps,
 * `AP = Σ (R_i − R_{i−1}) · P_i` over falling scores, tied scores taken together.
 *
 * Source: scikit-learn's `average_precision_score`, its user guide's definition.
 *
 * @param scores One score an item.
 * @param positive Whether each item is truly positive.
 * @returns 0 to 1; NaN where nothing is positive.
 * @throws {RangeError} Where the two differ in length, or a score is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(averagePrecision([0.9, 0.8, 0.1], [true, false, true]) === (1 + 2 / 3) / 2);
 * ```
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  positive: ArrayLike<boolean>,
): number {
  if (scores.length !== positive.length) {
    throw new RangeError(`Cannot compare ${scores.length} scores with ${positive.length} truths`);
  }
  const order = Array.from(scores, (score, item) => {
    if (Number.isNaN(score)) throw new RangeError(`Cannot rank item ${item}: its score is NaN`);
    return item;
  }).sort((a, b) => scores[b] - scores[a]);
  let [truePositives, area] = [0, 0];
  for (let i = 0; i < order.length;) {
    const score = scores[order[i]];
    let found = 0;
    for (; i < order.length && scores[order[i]] === score; i++) if (positive[order[i]]) found++;
    truePositives += found;
    area += found * truePositives / i;
  }
  return area / truePositives;
}
