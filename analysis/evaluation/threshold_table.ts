import { findBouts } from "../../pipeline/calls/mod.ts";
import { type Rates, ratesOf } from "./counts.ts";
import type { Span } from "./event.ts";
import { eventCounts } from "./event_counts.ts";
import { intersectionCounts } from "./intersection_counts.ts";
import { byCollar } from "./match_criterion.ts";
import type { ScoreRun } from "./second_items.ts";
import { segmentCounts } from "./segment_counts.ts";
import { lengthOfSpans, unionSpans } from "./spans.ts";

/** How scores become calls, and how these are compared. */
export interface ThresholdTableOptions {
  /** The thresholds. */
  thresholds: readonly number[];
  /** Runs of non-positive seconds up to this length are joined over. */
  gapSeconds: number;
  /** Calls shorter than this are dropped. */
  minSeconds: number;
  /** How far the centre of what a bin hears is from the bin's own. */
  shiftMs: number;
  /** Collar of events. */
  collarMs: number;
}

/** What a threshold does. */
export interface ThresholdRow {
  threshold: number;
  /** By seconds: a second is found where a call lies. */
  seconds: Rates;
  /** By events whose ends agree within the collar. */
  events: Rates;
  /** By intersection: recall of calls, and false alarms an hour. */
  recall: number;
  falsePerHour: number;
}

/**
 * What calls would be at some thresholds, compared with what a person marked.
 *
 * @param filtered Filtered scores.
 * @param reference What is there.
 * @param covered The time that counts.
 * @param options Thresholds, and how scores become calls.
 * @returns One row a threshold.
 */
export function thresholdTable(
  filtered: readonly ScoreRun[],
  reference: readonly Span[],
  covered: readonly Span[],
  options: ThresholdTableOptions,
): ThresholdRow[] {
  const { thresholds, gapSeconds, minSeconds, shiftMs, collarMs } = options;
  const hours = lengthOfSpans(unionSpans(covered)) / 3_600_000;
  return thresholds.map((threshold) => {
    const calls = filtered.flatMap(({ startMs, scores }) =>
      findBouts(scores, { threshold, gap: gapSeconds, min: minSeconds }).map((bout) => ({
        startMs: startMs + bout.start * 1000 + shiftMs,
        stopMs: startMs + bout.stop * 1000 + shiftMs,
      }))
    );
    const second = { lengthMs: 1000, originMs: shiftMs };

    const shared = intersectionCounts(reference, calls, covered);
    return {
      threshold,
      seconds: ratesOf(segmentCounts(reference, calls, covered, second)),
      events: ratesOf(eventCounts(reference, calls, covered, byCollar(collarMs))),
      recall: ratesOf(shared).recall,
      falsePerHour: shared.falsePositives / hours,
    };
  });
}
