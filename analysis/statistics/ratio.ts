import { batchMeans, type DayUncertainty } from "./batch_means.ts";
import type { DayMemory } from "./day_memory.ts";
import { logistic } from "./logit.ts";

/** A ratio of two sums over days, with its 95 % interval. */
export interface Ratio extends DayUncertainty {
  /** NaN where there is no effort. */
  ratio: number;
  /** The interval, within 0 to 1; NaN where `trust` is `descriptive`. */
  low: number;
  high: number;
}

/**
 * Computes what each day adds to a ratio r = Σ part / Σ effort: `(part_d − r · effort_d) / (Σ effort / D)`.
 *
 * Source: the linearised ratio estimator, Cochran 1977, Sampling Techniques, 6.3.
 *
 * @param part What is counted, a day each.
 * @param effort What it is counted of.
 * @returns The ratio and `[days]` influences, which sum to 0.
 */
export function ratioInfluence(
  part: ArrayLike<number>,
  effort: ArrayLike<number>,
): { ratio: number; influence: Float64Array } {
  let [parts, efforts] = [0, 0];
  for (let day = 0; day < effort.length; day++) {
    parts += part[day];
    efforts += effort[day];
  }
  const ratio = parts / efforts;
  const influence = Float64Array.from(
    { length: effort.length },
    (_, day) => (part[day] - ratio * effort[day]) * effort.length / efforts,
  );
  return { ratio, influence };
}

/** What a proportion's interval is taken from, beside part and effort. */
export interface RatioOptions {
  /** Measured on more days than these. */
  memory?: DayMemory | undefined;
  /** The proportion of all the days that these are some of; their own by default. */
  level?: number | undefined;
  /**
   * What was listened to, where that is not `effort`: for a share of all song, `effort` is song, and
   * days are weighed by how much of them was heard, or days of song would count as given.
   */
  heard?: ArrayLike<number> | undefined;
}

/** A day has song where it fills this part of its effort, or the level where that is less. */
const SONG = 0.02;
/** Fewer days with song than this say nothing of how many there might have been. */
const LEAST_SONG_DAYS = 3;

/**
 * A proportion of effort with a 95 % interval that respects that days resemble their neighbours. There
 * is none where fewer than three days have song: a quiet month that a few days more would have made a
 * loud one looks as if it could not have been.
 *
 * @param part What is counted, such as seconds with song: one value a calendar day.
 * @param effort What it is counted of, such as seconds listened to; 0 where there was none.
 * @param options What the interval is taken from.
 * @returns The ratio, its interval, and how far that can be trusted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const effort = new Float64Array(100).fill(86_400);
 * const song = effort.map((seconds, day) => seconds * (day % 3 ? 0.1 : 0.4));
 * const { ratio, low, high } = ratioOfDays(song, effort);
 * assert(low < 0.2 && ratio > 0.2 && high > ratio);
 * ```
 */
export function ratioOfDays(
  part: ArrayLike<number>,
  effort: ArrayLike<number>,
  { memory, level, heard = effort }: RatioOptions = {},
): Ratio {
  const { ratio, influence } = ratioInfluence(part, effort);
  const known = batchMeans(ratio, influence, Float64Array.from(heard), memory);
  if (songDays(part, effort, Math.min(SONG, level ?? ratio)) < LEAST_SONG_DAYS) {
    const none = { error: NaN, half: NaN, freedom: 0, chance: NaN, low: NaN, high: NaN };
    return { ...known, ...none, ratio, trust: "descriptive" };
  }
  return { ...known, ratio, ...logitInterval(ratio, known.half) };
}

function songDays(part: ArrayLike<number>, effort: ArrayLike<number>, least: number): number {
  let days = 0;
  for (let day = 0; day < effort.length; day++) {
    if (part[day] > 0 && part[day] >= least * effort[day]) days++;
  }
  return days;
}

/**
 * An interval of a proportion, of equal halves on the logit scale: near 0, where a few days hold all
 * the song, chance reaches farther up than down, and no proportion is below 0.
 *
 * Source: as `svyciprop` of R's `survey` has it with `method = "logit"` (Lumley 2010, Complex
 * Surveys, 2.2); the error of a logit is the proportion's over r(1 − r), by the delta method.
 *
 * @param ratio The proportion, 0 to 1.
 * @param half Half the width of its interval were it symmetric; NaN where there is none.
 * @returns The interval; NaN where there is none.
 */
function logitInterval(ratio: number, half: number): { low: number; high: number } {
  const [middle, apart] = [Math.log(ratio / (1 - ratio)), half / (ratio * (1 - ratio))];
  return { low: logistic(middle - apart), high: logistic(middle + apart) };
}
