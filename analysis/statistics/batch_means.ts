import { type DayMemory, dayMemory, neighbourFactor } from "./day_memory.ts";
import { studentTQuantile, studentTTwoSided } from "./student_t.ts";
import { withoutSeason } from "./without_season.ts";

/** Shortest block that is taken where there are days enough, and where there are few. */
const BLOCK_DAYS = 15;
const SHORT_BLOCK_DAYS = 4;
/** Fewer blocks than this give no interval. */
const LEAST_BLOCKS = 6;
/** Squares of blocks' sums up to this are rounding. */
const SAME = 1e-18;

/**
 * How far an interval can be trusted. `sound`: blocks of at least 15 days and of the length that
 * the autocorrelation asks for. `approximate`: shorter blocks, as there are too few days.
 * `descriptive`: too little for any interval, or days that do not vary; it describes what was
 * recorded.
 */
export type Trust = "sound" | "approximate" | "descriptive";

/** How uncertain an estimate is that is summed over days. */
export interface DayUncertainty {
  /** Standard error; NaN where `trust` is `descriptive`. */
  error: number;
  /** Half the width of the 95 % interval; NaN likewise. */
  half: number;
  /** Degrees of freedom of the t distribution that it was taken from. */
  freedom: number;
  /** The chance of an estimate this far from 0 or farther where the truth is 0. */
  chance: number;
  blockDays: number;
  /** Blocks with effort. */
  blocks: number;
  trust: Trust;
  /** How days resemble those before them, the season taken out. */
  memory: DayMemory;
}

/**
 * The uncertainty of an estimate from its daily influences by batch means: influences are summed
 * over contiguous blocks of days, and the blocks' sums are compared. Days resemble their
 * neighbours, so that they can't be taken for independent; blocks nearly can, and how far they
 * can't is corrected for by the fitted autocorrelation.
 *
 * Definition, sources and how often its 95 % intervals cover: `docs/statistics.md`.
 *
 * @param estimate The estimate.
 * @param influence What each calendar day adds to it, such that the sum over days is 0 and the
 * mean's standard error is the estimate's; 0 on days without effort.
 * @param effort The days' effort in any unit, ≥ 0.
 * @param memory Measured on more days than these, such as a month's on those of its year.
 * @returns The uncertainty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const influence = Float64Array.from({ length: 120 }, (_, day) => day % 2 ? 0.1 : -0.1);
 * const { trust, blocks } = batchMeans(0.5, influence, new Float64Array(120).fill(1));
 * assert(trust === "sound" && blocks === 8);
 * ```
 */
export function batchMeans(
  estimate: number,
  influence: Float64Array,
  effort: Float64Array,
  memory?: DayMemory,
): DayUncertainty {
  const days = influence.length;
  const { rest, used } = withoutSeason(influence, effort);
  const known = memory ?? dayMemory(rest.map((value, day) => effort[day] > 0 ? value : NaN), used);
  const asked = Math.max(BLOCK_DAYS, known.independentDays);
  const blockDays = fittingBlock(effort, asked, LEAST_BLOCKS + used);
  const count = Math.floor(days / blockDays);
  const heard = blockSums(effort, blockDays, count);
  const blocks = heard.reduce((sum, seconds) => seconds > 0 ? sum + 1 : sum, 0);
  const sums = blockSums(rest, blockDays, count);
  const squares = sums.reduce((sum, value) => sum + value ** 2, 0);
  // Days that do not vary, as in a silent summer, tell nothing of how they might have.
  if (blockDays < SHORT_BLOCK_DAYS || !(squares > SAME) || !Number.isFinite(estimate)) {
    const nothing = { error: NaN, half: NaN, freedom: 0, chance: NaN, memory: known };
    return { ...nothing, blockDays, blocks, trust: "descriptive" };
  }
  const left = blocks - 1 - used;
  const error = Math.sqrt(blocks / left * squares * neighbourFactor(known, blockDays)) / days;
  const freedom = effectiveFreedom(sums, squares, blocks, left);
  return {
    error,
    half: studentTQuantile(0.975, freedom) * error,
    freedom,
    chance: studentTTwoSided(estimate / error, freedom),
    blockDays,
    blocks,
    trust: blockDays < asked ? "approximate" : "sound",
    memory: known,
  };
}

/**
 * The longest block up to the one asked for that leaves enough blocks with effort; one day less
 * than the shortest that will do where none does.
 */
function fittingBlock(effort: Float64Array, asked: number, least: number): number {
  for (let blockDays = asked; blockDays >= SHORT_BLOCK_DAYS; blockDays--) {
    const count = Math.floor(effort.length / blockDays);
    const heard = blockSums(effort, blockDays, count).filter((seconds) => seconds > 0).length;
    if (heard >= least) return blockDays;
  }
  return SHORT_BLOCK_DAYS - 1;
}

/** Sums over blocks; the last takes what remains. */
function blockSums(values: Float64Array, blockDays: number, blocks: number): Float64Array {
  const sums = new Float64Array(blocks);
  for (let day = 0; day < values.length && blocks > 0; day++) {
    sums[Math.min(blocks - 1, Math.floor(day / blockDays))] += values[day];
  }
  return sums;
}

/**
 * Where few blocks hold most of the variance, as in a song season, there are fewer degrees of
 * freedom than blocks: Satterthwaite 1946 (Biometrics Bulletin 2:110), from the sums' second and
 * fourth moments, of which normal sums of one variance have 3 and 1.
 */
function effectiveFreedom(
  sums: Float64Array,
  squares: number,
  blocks: number,
  left: number,
): number {
  const fourths = sums.reduce((sum, value) => sum + value ** 4, 0);
  const equal = 3 * squares ** 2 / fourths - 2;
  return Math.max(Math.min(2, left), Math.min(left, equal * left / blocks));
}
