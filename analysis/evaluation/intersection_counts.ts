import { overlapWithSpans, type Span, unionSpans } from "../../core/mod.ts";
import type { Counts } from "./counts.ts";
import { isCounted } from "./event_counts.ts";

/** Least shares for a detection to be right, and for a bout to be found. */
export interface IntersectionOptions {
  /** Detection tolerance criterion: least share of a detection that lies in bouts, 0 to 1. */
  detectionShare?: number;
  /** Ground truth criterion: least share of a bout that right detections cover, 0 to 1. */
  callShare?: number;
}

/**
 * Compares events by what they have in common, so that one long detection may stand for several
 * bouts and several for one. A detection is right where enough of it lies in bouts; a bout is found
 * where right detections cover enough of it; a detection that is not right is a false alarm.
 *
 * Source: Bilen and others, "A framework for the robust evaluation of sound event detection",
 * ICASSP 2020 (PSDS); psds_eval 0.5.3. Bouts that overlap count as one stretch of calling here,
 * so that no share passes 1.
 *
 * @param reference What is there.
 * @param detected What was found.
 * @param covered The time that counts, in any order.
 * @param options Least shares, 0.5 each.
 * @returns True positives and false negatives are bouts; false positives are detections.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bouts = [{ startMs: 0, stopMs: 40 }, { startMs: 50, stopMs: 90 }];
 * const counts = intersectionCounts(bouts, [{ startMs: 0, stopMs: 90 }], [{ startMs: 0, stopMs: 99 }]);
 * assert.deepEqual(counts, { truePositives: 2, falsePositives: 0, falseNegatives: 0 });
 * ```
 */
export function intersectionCounts(
  reference: readonly Span[],
  detected: readonly Span[],
  covered: readonly Span[],
  options: IntersectionOptions = {},
): Counts {
  const { detectionShare = 0.5, callShare = 0.5 } = options;
  const inside = isCounted(reference, covered);
  const bouts = reference.filter((_, i) => inside[i]);
  const counted = isCounted(detected, covered);
  const inBouts = overlapWithSpans(detected, unionSpans(reference));
  const isRight = detected.map(({ startMs, stopMs }, i) =>
    inBouts[i] >= detectionShare * (stopMs - startMs) && inBouts[i] > 0
  );
  const right = unionSpans(detected.filter((_, i) => isRight[i]));
  const coveredByRight = overlapWithSpans(bouts, right);
  const truePositives =
    bouts.filter(({ startMs, stopMs }, i) =>
      coveredByRight[i] >= callShare * (stopMs - startMs) && coveredByRight[i] > 0
    ).length;
  return {
    truePositives,
    falsePositives: detected.filter((_, i) => counted[i] && !isRight[i]).length,
    falseNegatives: bouts.length - truePositives,
  };
}

/** One threshold of a detector. */
export interface OperatingPoint {
  /** Share of the bouts that it finds, 0 to 1. */
  recall: number;
  /** Its false alarms an hour of covered time, ≥ 0. */
  falsePerHour: number;
}

/**
 * The area under the best share of bouts found at each rate of false alarms: a staircase over the
 * operating points, from 0 up to a highest rate, divided by that rate. It judges a detector over all
 * thresholds at once.
 *
 * Source: Bilen and others, ICASSP 2020; psds_eval 0.5.3 for one class, where no cross-trigger can
 * be and α_ST has no effect.
 *
 * @param points The detector at some thresholds, in any order.
 * @param highestFalsePerHour The highest rate looked at, > 0; 100 is our choice.
 * @returns 0 to 1; 0 where no point is within the rate.
 * @throws {RangeError} Where a number of a point is NaN.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(psds([{ recall: 0.8, falsePerHour: 25 }]) === 0.6);
 * ```
 */
export function psds(
  points: readonly OperatingPoint[],
  highestFalsePerHour: number = 100,
): number {
  let [area, height, from] = [0, 0, 0];
  for (const point of points.toSorted((a, b) => a.falsePerHour - b.falsePerHour)) {
    const { recall, falsePerHour } = point;
    if (!(falsePerHour >= 0 && recall >= 0)) {
      throw new RangeError(`Cannot use a point of ${falsePerHour} false/h and recall ${recall}`);
    }
    if (falsePerHour > highestFalsePerHour) break;
    area += height * (falsePerHour - from);
    [height, from] = [Math.max(height, recall), falsePerHour];
  }
  area += height * (highestFalsePerHour - from);
  return area / highestFalsePerHour;
}
