/** One threshold of a detector. */
export interface OperatingPoint {
  /** Share of the calls that it finds, 0 to 1. */
  recall: number;
  /** Its false alarms an hour of covered time, ≥ 0. */
  falsePerHour: number;
}

/**
 * The area under the best share of calls found at each rate of false alarms: a staircase over the
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
