import {
  intersectSpans,
  lengthOfSpans,
  overlapWithSpans,
  type Span,
  unionSpans,
} from "../../core/mod.ts";
import type { Schedule } from "../../pipeline/timeline/mod.ts";
import type { Counts } from "./counts.ts";

/** Least share of what is scheduled of a segment that must be covered for it to count. */
const LEAST_COVERED = 0.5;

/** How time is cut into segments. */
export interface SegmentOptions {
  /** Length of a segment in milliseconds, > 0. */
  lengthMs: number;
  /** A border between two segments, epoch milliseconds; 0 cuts at whole seconds and UTC days. */
  originMs?: number;
  /** When time was to be covered: of a recorder that sleeps, not all of it. All unless given. */
  schedule?: Schedule;
}

/** Segments that were found, that should have been, and those that are rightly empty. */
export interface SegmentCounts extends Counts {
  /** Segments where nothing is there and nothing was found. */
  trueNegatives: number;
}

/**
 * Compares events segment by segment. A segment is active where an event touches it:
 * from `⌊onset/T⌋` up to `⌈offset/T⌉`. It counts where at least half of it is covered (of a
 * recorder that sleeps, half of what the schedule gives), and only what lies in covered time is
 * looked at.
 *
 * Source: Mesaros and others 2016, section 3.1; sed_eval 0.2.1, `SegmentBasedMetrics`.
 *
 * @param reference What is there.
 * @param detected What was found.
 * @param covered The time that counts, in any order.
 * @param options How time is cut.
 * @returns Numbers of segments.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const covered = [{ startMs: 0, stopMs: 10_000 }];
 * const [reference, detected] = [{ startMs: 1500, stopMs: 3500 }, { startMs: 2500, stopMs: 5000 }];
 * const counts = segmentCounts([reference], [detected], covered, { lengthMs: 1000 });
 * assert.deepEqual(counts, {
 *   truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 6,
 * });
 * ```
 */
export function segmentCounts(
  reference: readonly Span[],
  detected: readonly Span[],
  covered: readonly Span[],
  options: SegmentOptions,
): SegmentCounts {
  const cover = unionSpans(covered);
  const counted = countedSegments(cover, options);
  const active = (events: readonly Span[]): Span[] => {
    const inside = intersectSpans(unionSpans(events), cover);
    return intersectSpans(snapOutward(inside, options), counted);
  };
  const [there, found] = [active(reference), active(detected)];
  const segments = (spans: readonly Span[]): number =>
    Math.round(lengthOfSpans(spans) / options.lengthMs);
  const truePositives = segments(intersectSpans(there, found));
  const falsePositives = segments(found) - truePositives;
  const falseNegatives = segments(there) - truePositives;
  const positives = truePositives + falsePositives + falseNegatives;
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives: segments(counted) - positives,
  };
}

/** Finds the segments that spans touch, as spans. */
function snapOutward(spans: readonly Span[], { lengthMs, originMs = 0 }: SegmentOptions): Span[] {
  return unionSpans(spans.map(({ startMs, stopMs }) => ({
    startMs: Math.floor((startMs - originMs) / lengthMs) * lengthMs + originMs,
    stopMs: Math.ceil((stopMs - originMs) / lengthMs) * lengthMs + originMs,
  })));
}

/** Finds the segments that are covered well enough; only those at the ends of coverage are in doubt. */
function countedSegments(cover: readonly Span[], options: SegmentOptions): Span[] {
  const { lengthMs } = options;
  const ends = new Map<number, Span>();
  const whole: Span[] = [];
  for (const span of cover) {
    const [{ startMs, stopMs }] = snapOutward([span], options);
    ends.set(startMs, { startMs, stopMs: startMs + lengthMs });
    ends.set(stopMs - lengthMs, { startMs: stopMs - lengthMs, stopMs });
    whole.push({ startMs: startMs + lengthMs, stopMs: stopMs - lengthMs });
  }
  const doubtful = [...ends.values()];
  const overlaps = overlapWithSpans(doubtful, cover);
  const scheduledMs = ({ startMs, stopMs }: Span): number =>
    options.schedule ? options.schedule.effortSeconds(startMs, stopMs) * 1000 : lengthMs;
  const enough = doubtful.filter((segment, i) =>
    overlaps[i] > 0 && overlaps[i] >= LEAST_COVERED * scheduledMs(segment)
  );
  return unionSpans([...whole, ...enough]);
}
