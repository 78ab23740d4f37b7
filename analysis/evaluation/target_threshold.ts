import { DAY_MS, SeededRandom } from "../../core/mod.ts";
import type { SecondItems } from "./second_items.ts";

const GRID = 1000;
const RESAMPLES = 2000;
/** Fewer days than this can't say how much days differ. */
const LEAST_DAYS = 6;

/** What a threshold is wanted for. */
export interface ThresholdTarget {
  /** Which share is to be reached. */
  measure: "precision" | "recall";
  /** The share, above 0, to 1. */
  share: number;
}

/** A threshold, and what it does. */
export interface TargetThreshold {
  /** The threshold, a multiple of 0.001. */
  threshold: number;
  /** Precision and recall of seconds there. */
  precision: number;
  recall: number;
  /**
   * Lower bound of the wanted share, one-sided 95 %, by resampling days; NaN where there are fewer
   * than 6 days.
   */
  lowerBound: number;
  /** Number of days. */
  days: number;
}

/**
 * The threshold for a wanted precision or recall of seconds: for precision the smallest that
 * reaches it, for recall the largest. Its lower bound comes from drawing days with replacement,
 * 2,000 times, the same on every machine; it leaves out that the threshold was chosen on the same
 * data, so it flatters.
 *
 * Source: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile
 * interval); the grid of 0.001 is birdnetTools'.
 *
 * @param items Seconds with score and truth.
 * @param target What is wanted.
 * @returns The threshold; nothing where none reaches it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const items = {
 *   scores: Float64Array.of(0.2, 0.4, 0.6, 0.8),
 *   positive: [false, true, false, true],
 *   secondMs: new Float64Array(4),
 * };
 * assert(targetThreshold(items, { measure: "precision", share: 0.9 })?.threshold === 0.601);
 * assert(targetThreshold(items, { measure: "recall", share: 0.9 })?.threshold === 0.4);
 * ```
 */
export function targetThreshold(
  items: SecondItems,
  target: ThresholdTarget,
): TargetThreshold | undefined {
  const days = countDays(items);
  const total = sumUp(days);
  const steps = Array.from({ length: GRID + 1 }, (_, step) => step);
  if (target.measure === "recall") steps.reverse();
  const step = steps.find((candidate) => shareAt([total], candidate, target) >= target.share);
  if (step === undefined) return undefined;
  const at = (measure: "precision" | "recall"): number =>
    shareAt([total], step, { ...target, measure });
  return {
    threshold: step / GRID,
    precision: at("precision"),
    recall: at("recall"),
    lowerBound: days.length < LEAST_DAYS ? NaN : bootstrapBound(days, step, target),
    days: days.length,
  };
}

/** How many seconds of a day score at a step of the grid or above. */
interface DayCounts {
  positive: Float64Array;
  negative: Float64Array;
}

function countDays({ scores, positive, secondMs }: SecondItems): DayCounts[] {
  const days = new Map<number, DayCounts>();
  scores.forEach((score, item) => {
    const key = Math.floor(secondMs[item] / DAY_MS);
    const day = days.get(key) ??
      { positive: new Float64Array(GRID + 1), negative: new Float64Array(GRID + 1) };
    days.set(key, day);
    // The highest step whose threshold the score reaches, judged as the threshold itself is.
    let step = Math.min(GRID, Math.floor(score * GRID) + 1);
    while (step > 0 && score < step / GRID) step--;
    day[positive[item] ? "positive" : "negative"][step]++;
  });
  for (const day of days.values()) {
    for (const counts of [day.positive, day.negative]) {
      for (let step = GRID - 1; step >= 0; step--) counts[step] += counts[step + 1];
    }
  }
  return [...days.values()];
}

function sumUp(days: readonly DayCounts[]): DayCounts {
  const add = (kind: keyof DayCounts): Float64Array =>
    Float64Array.from(
      { length: GRID + 1 },
      (_, step) => days.reduce((sum, day) => sum + day[kind][step], 0),
    );
  return { positive: add("positive"), negative: add("negative") };
}

/** Precision or recall at a step; NaN where it is not defined. */
function shareAt(days: readonly DayCounts[], step: number, { measure }: ThresholdTarget): number {
  let [found, of] = [0, 0];
  for (const { positive, negative } of days) {
    found += positive[step];
    of += measure === "recall" ? positive[0] : positive[step] + negative[step];
  }
  return found / of;
}

function bootstrapBound(
  days: readonly DayCounts[],
  step: number,
  target: ThresholdTarget,
): number {
  const random = new SeededRandom(1);
  const draw = (): DayCounts => days[Math.floor(random.between(0, days.length))];
  const shares = Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: days.length }, draw);
    return shareAt(drawn, step, target);
  }).filter((share) => !Number.isNaN(share)).sort((a, b) => a - b);
  return shares[Math.floor(0.05 * shares.length)] ?? NaN;
}

/** Quantile of the normal distribution for a one-sided bound of 95 %. */
export const Z_95 = 1.6448536269514722;

/**
 * Lower bound of a share, one-sided 95 %, by Wilson's interval. Only for independent items, such as
 * clips drawn at random at least an hour apart: seconds of one recording are not.
 *
 * Source: E. B. Wilson, "Probable inference", JASA 22 (1927) 209.
 *
 * @param hits Number of items that have it, 0 to `of`.
 * @param of Number of items, > 0.
 * @returns 0 to 1.
 * @throws {RangeError} Where the numbers can't be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert(wilsonLower(190, 200).toFixed(3) === "0.918");
 * ```
 */
export function wilsonLower(hits: number, of: number): number {
  if (!(of > 0 && hits >= 0 && hits <= of)) {
    throw new RangeError(`Cannot bound a share of ${hits} of ${of}`);
  }
  const [share, z2] = [hits / of, Z_95 ** 2];
  const spread = Z_95 * Math.sqrt(share * (1 - share) / of + z2 / (4 * of * of));
  return Math.max(0, (share + z2 / (2 * of) - spread) / (1 + z2 / of));
}
