import { type DayMemory, dayMemory, seasonSpectrum, varianceOfSum } from "./day_memory.ts";
import { studentTQuantile, studentTTwoSided } from "./student_t.ts";
import { withoutSeason } from "./without_season.ts";

/** Shortest block that is taken where there are days enough, and where there are few. */
const BLOCK_DAYS = 15;
const SHORT_BLOCK_DAYS = 4;
/** Fewer blocks than this give no interval. */
const LEAST_BLOCKS = 6;
/** Squares of blocks' sums up to this are rounding. */
const SAME = 1e-18;
/** Fewer days than this that tell something of their own make no sound interval. */
const INDEPENDENT_DAYS = 75;
/** Sums over 15 days must surely vary less than so many times as much as independent days'. */
const MOST_GROWTH = 2;

/**
 * Word for how far an interval can be trusted. `sound`: days hardly resemble their neighbours once the season
 * is out, so that nothing slower can hide, and there are enough of them. `approximate`: they do
 * resemble them, or are few, and the interval stands and falls with the form that was fitted to how
 * they do. `descriptive`: too little for any interval, or days that do not vary; it describes what
 * was recorded. How often each covers: `docs/statistics.md`.
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

/** Lowers the trust of an answer that can be no sounder than another that it hangs on. */
export function noSounder(trust: Trust, than: Trust): Trust {
  return trust === "sound" && than !== "sound" ? "approximate" : trust;
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
  const { rest, turns } = withoutSeason(influence, effort);
  const known = memory ?? dayMemory(rest.map((value, day) => effort[day] > 0 ? value : NaN), turns);
  const asked = Math.max(BLOCK_DAYS, known.reachDays);
  const blockDays = fittingBlock(effort, asked, LEAST_BLOCKS + turns.length);
  const starts = blockStarts(days, blockDays);
  const heard = blockSums(effort, starts);
  const blocks = heard.reduce((sum, seconds) => seconds > 0 ? sum + 1 : sum, 0);
  const sums = blockSums(rest, starts);
  const squares = sums.reduce((sum, value) => sum + value ** 2, 0);
  // Days that do not vary, as in a silent summer, tell nothing of how they might have.
  if (blockDays < SHORT_BLOCK_DAYS || !(squares > SAME) || !Number.isFinite(estimate)) {
    const nothing = { error: NaN, half: NaN, freedom: 0, chance: NaN, memory: known };
    return { ...nothing, blockDays, blocks, trust: "descriptive" };
  }
  const left = blocks - 1 - turns.length;
  const byBlocks = squares * varianceBySquares(known, effort, starts, blocks, turns);
  // Days that seem to make up for each other do so by chance.
  const error = Math.sqrt(Math.max(byBlocks, independentVariance(rest, effort, turns))) / days;
  const freedom = effectiveFreedom(sums, squares, blocks, left);
  return {
    error,
    half: studentTQuantile(0.975, freedom) * error,
    freedom,
    chance: studentTTwoSided(estimate / error, freedom),
    blockDays,
    blocks,
    trust: blockDays < asked || !isSound(known, rest, effort) ? "approximate" : "sound",
    memory: known,
  };
}

/** Tells whether days are many enough, and alike to so few others, that no slow chance can hide. */
function isSound({ daily, growth }: DayMemory, rest: Float64Array, effort: Float64Array): boolean {
  const days = daysThatCount(rest, effort);
  // The deviation of the growth's logarithm: Bartlett's window, Priestley 1981, 6.2.4.
  const surely = growth * Math.exp(1.645 * Math.sqrt(4 * BLOCK_DAYS / (3 * days)));
  return days * (1 - daily) >= INDEPENDENT_DAYS && surely < MOST_GROWTH;
}

/**
 * Days of equal weight that would tell as much as these: fewer than were heard where a few days hold
 * the song. Normal ones have a fourth moment of three times their second's square.
 */
function daysThatCount(rest: Float64Array, effort: Float64Array): number {
  let [days, squares, fourths] = [0, 0, 0];
  for (let day = 0; day < rest.length; day++) {
    if (effort[day] > 0) days++;
    squares += rest[day] ** 2;
    fourths += rest[day] ** 4;
  }
  return Math.min(days, 3 * squares ** 2 / fourths);
}

/** Computes the variance of the sum over all days, were they independent. */
function independentVariance(
  rest: Float64Array,
  effort: Float64Array,
  turns: readonly number[],
): number {
  let [days, squares] = [0, 0];
  for (let day = 0; day < rest.length; day++) {
    if (effort[day] > 0) days++;
    squares += rest[day] ** 2;
  }
  return squares * days / (days - 1 - turns.length);
}

/**
 * The longest block up to the one asked for that leaves enough blocks with effort; one day less
 * than the shortest that will do where none does.
 */
function fittingBlock(effort: Float64Array, asked: number, least: number): number {
  for (let blockDays = asked; blockDays >= SHORT_BLOCK_DAYS; blockDays--) {
    const blocks = Math.floor(effort.length / blockDays);
    if (blocks < least) continue;
    let [heard, last] = [0, -1];
    for (let day = 0; day < effort.length; day++) {
      const block = Math.min(blocks - 1, Math.floor(day / blockDays));
      if (block > last && effort[day] > 0) [heard, last] = [heard + 1, block];
    }
    if (heard >= least) return blockDays;
  }
  return SHORT_BLOCK_DAYS - 1;
}

/** Lays out where blocks start, and where the last one stops: it takes what remains. */
function blockStarts(days: number, blockDays: number): number[] {
  const blocks = Math.floor(days / blockDays);
  return [...Array.from({ length: blocks }, (_, block) => block * blockDays), days];
}

function blockSums(values: Float64Array, starts: readonly number[]): Float64Array {
  const sums = new Float64Array(starts.length - 1);
  for (let block = 0; block < sums.length; block++) {
    for (let day = starts[block]; day < starts[block + 1]; day++) sums[block] += values[day];
  }
  return sums;
}

/**
 * The variance of the sum over all days over the blocks' sum of squares that is to be expected, both
 * by the fitted autocorrelation: neighbouring blocks resemble each other, which makes all days vary
 * more than blocks let it seem, and the mean and the season have taken slow chance out of the
 * blocks. For independent days it is K/(K − 1 − p) with K blocks and p columns of the season.
 */
function varianceBySquares(
  memory: DayMemory,
  effort: Float64Array,
  starts: readonly number[],
  blocks: number,
  turns: readonly number[],
): number {
  const all = varianceOfSum(memory, effort);
  let [within, day] = [0, 0];
  for (let block = 0; block + 1 < starts.length; block++) {
    within += varianceOfSum(memory, effort, starts[block], starts[block + 1]);
  }
  for (const seconds of effort) day += seconds ** 2;
  const expected = within - all / blocks - day / blocks * seasonSpectrum(memory, turns);
  // Where memory is as long as the record, nothing of the blocks would be left.
  const least = 0.5 * within * (blocks - 1 - turns.length) / blocks;
  return all / Math.max(expected, least);
}

/**
 * Computes the degrees of freedom, which are fewer than blocks where few of them hold most of the
 * variance, as in a song season: Satterthwaite 1946 (Biometrics Bulletin 2:110), from the sums' second and
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
