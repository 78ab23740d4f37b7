import { HOUR_MS, lengthOfSpans, type Span, unionSpans } from "../../core/mod.ts";
import { Schedule } from "../../pipeline/timeline/mod.ts";
import { type Counts, type Rates, ratesOf } from "./counts.ts";
import { byCollar, byOverlap, eventCounts } from "./event_counts.ts";
import { intersectionCounts } from "./intersection_counts.ts";
import { segmentCounts } from "./segment_counts.ts";

/** 75 s is the segment of the detector's publishers (Allen and others 2021). */
const SEGMENTS: readonly (readonly [string, number])[] = [
  ["second", 1000],
  ["75 s", 75_000],
  ["hour", HOUR_MS],
  ["day", 24 * HOUR_MS],
];

/** One way to count agreement, and what it gives. */
export interface Agreement extends Counts, Rates {
  /** Name of the way. */
  measure: string;
  /** False positives an hour of covered time. */
  falsePerHour: number;
}

/** How bouts are compared. */
export interface AgreementOptions {
  /** Collar of events in milliseconds, ≥ 0; 5,000 unless given. */
  collarMs?: number;
  /** When time was to be covered; found from what is covered unless given. */
  schedule?: Schedule;
}

/**
 * Compares bouts with annotations in all ways: by segments of a second, 75 s, an hour and a day, by
 * events (ends within a collar; intersection over union of 0.5), and by intersection.
 *
 * @param reference What is there.
 * @param detected What was found.
 * @param covered The time that counts, in any order.
 * @param options The collar, and the schedule of what is covered.
 * @returns One row a way.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bouts = [{ startMs: 1000, stopMs: 9000 }];
 * const rows = agreement(bouts, bouts, [{ startMs: 0, stopMs: 3_600_000 }]);
 * assert(rows.every(({ f1, falsePerHour }) => f1 === 1 || Number.isNaN(f1) && falsePerHour === 0));
 * ```
 */
export function agreement(
  reference: readonly Span[],
  detected: readonly Span[],
  covered: readonly Span[],
  options: AgreementOptions = {},
): Agreement[] {
  const { collarMs = 5000, schedule = new Schedule(covered) } = options;
  const hours = lengthOfSpans(unionSpans(covered)) / HOUR_MS;
  const row = (measure: string, counts: Counts): Agreement => ({
    measure,
    truePositives: counts.truePositives,
    falsePositives: counts.falsePositives,
    falseNegatives: counts.falseNegatives,
    ...ratesOf(counts),
    falsePerHour: counts.falsePositives / hours,
  });
  return [
    ...SEGMENTS.map(([measure, lengthMs]) =>
      row(measure, segmentCounts(reference, detected, covered, { lengthMs, schedule }))
    ),
    row(
      `event, ends within ${collarMs / 1000} s`,
      eventCounts(reference, detected, covered, byCollar(collarMs)),
    ),
    row("event, overlap 0.5", eventCounts(reference, detected, covered, byOverlap())),
    row("intersection 0.5", intersectionCounts(reference, detected, covered)),
  ];
}
