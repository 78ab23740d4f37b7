import { type ColumnTable, from } from "arquero";
import {
  dayCube,
  daySums,
  intervalColumns,
  type Presence,
  presenceColumns,
  type Unanswered,
} from "../presence/mod.ts";
import { differenceOfDays } from "../statistics/mod.ts";

/** Agreement of two detections; no intervals, as neighbouring cells are not independent. */
export interface DetectionAgreement {
  /** Part of the cells on which they agree. */
  observed: number;
  /** Cohen's kappa: agreement beyond chance; NaN where both always say the same one thing. */
  kappa: number;
  /** Of the cells that each calls positive, on average, how many the other does too. */
  positive: number;
  /** The same of negative cells. */
  negative: number;
}

/**
 * Agreement of two detections.
 *
 * Source: Cohen 1960, Educational and Psychological Measurement 20:37, as scikit-learn's
 * `cohen_kappa_score`; positive and negative agreement: Cicchetti and Feinstein 1990, Journal of
 * Clinical Epidemiology 43:551.
 *
 * @param counts How the detections fall together.
 * @returns Four figures; NaN where there is nothing to divide by.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { observed, kappa } = agreementOf({ both: 20, firstOnly: 5, secondOnly: 10, neither: 15 });
 * assert(observed === 0.7 && Math.abs(kappa - 0.4) < 1e-12);
 * ```
 */
export function agreementOf(
  { both, firstOnly, secondOnly, neither }: CrossCounts,
): DetectionAgreement {
  const all = both + firstOnly + secondOnly + neither;
  const [first, second] = [(both + firstOnly) / all, (both + secondOnly) / all];
  const observed = (both + neither) / all;
  const chance = first * second + (1 - first) * (1 - second);
  return {
    observed,
    kappa: (observed - chance) / (1 - chance),
    positive: 2 * both / (2 * both + firstOnly + secondOnly),
    negative: 2 * neither / (2 * neither + firstOnly + secondOnly),
  };
}

/** How often two detections of the same cells agree. */
export interface CrossCounts {
  both: number;
  firstOnly: number;
  secondOnly: number;
  neither: number;
}

/**
 * Counts how two detections of the same cells fall together. A cell that either has no effort in is
 * left out.
 *
 * @param first One value a cell: positive from `firstThreshold` on; NaN without effort.
 * @param second The same of the second.
 * @param thresholds From which value on each is positive; 0.5 by default.
 * @returns The four counts.
 * @throws {RangeError} Where the two differ in length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const counts = crossCounts([0.9, 0.9, 0.1, NaN], [0.9, 0.1, 0.1, 0.9]);
 * assert.deepEqual(counts, { both: 1, firstOnly: 1, secondOnly: 0, neither: 1 });
 * ```
 */
export function crossCounts(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  thresholds: { first: number; second: number } = { first: 0.5, second: 0.5 },
): CrossCounts {
  if (first.length !== second.length) {
    throw new RangeError(`Cannot compare ${first.length} cells with ${second.length}`);
  }
  const counts: CrossCounts = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
  for (let cell = 0; cell < first.length; cell++) {
    if (Number.isNaN(first[cell]) || Number.isNaN(second[cell])) continue;
    const [a, b] = [first[cell] >= thresholds.first, second[cell] >= thresholds.second];
    counts[a ? (b ? "both" : "firstOnly") : b ? "secondOnly" : "neither"]++;
  }
  return counts;
}

/** A cell counts where both heard at least this part of what was to be recorded of it. */
const COVERAGE = 0.5;

/**
 * Agreement of two presence tables of the same cells: two thresholds, or two detectors. Only cells
 * count of which both heard at least half of what was to be recorded.
 *
 * @param first A presence table.
 * @param second Another, of the same cells.
 * @param leastSeconds From how many seconds of song on a cell has song; 1 by default.
 * @returns One row: `cells`, `both`, `first_only`, `second_only`, `neither`, `observed`, `kappa`,
 * `positive`, `negative`, `difference` (of the proportion of time with song, second minus first, by
 * days), `low`, `high`, `p`, `trust`, `block_days`, `blocks`, `unanswered` (null, or why no cell
 * counts).
 * @throws {RangeError} Where their cells are not the same.
 */
export function presenceAgreement(
  first: Presence,
  second: Presence,
  leastSeconds = 1,
): ColumnTable {
  const [a, b] = [presenceColumns(first), presenceColumns(second)];
  const same = a.startMs.length === b.startMs.length && a.startMs[0] === b.startMs[0] &&
    a.cellMs === b.cellMs;
  if (!same) {
    throw new RangeError(
      `Cannot compare presence tables of different cells: ${a.startMs.length} of ` +
        `${a.cellMs / 1000} s, and ${b.startMs.length} of ${b.cellMs / 1000} s`,
    );
  }
  const isHeard = ({ effort, scheduled }: typeof a, i: number): boolean =>
    effort[i] > 0 && effort[i] >= COVERAGE * scheduled[i];
  const heard = a.effort.map((_, i) => isHeard(a, i) && isHeard(b, i) ? 1 : 0);
  const cells = heard.reduce((sum, one) => sum + one, 0);
  const some = a.effort.some((effort, i) => effort > 0 && b.effort[i] > 0);
  const unanswered: Unanswered | null = cells > 0 ? null : some ? "heard too little" : "not heard";
  const only = (values: Float64Array, none: number): Float64Array =>
    values.map((value, i) => heard[i] === 1 ? value : none);
  const thresholds = { first: leastSeconds, second: leastSeconds };
  const counts = crossCounts(only(a.positive, NaN), only(b.positive, NaN), thresholds);
  const [days, others] = [a, b].map((columns) => {
    const { effort, positive } = columns;
    const cube = dayCube(
      { ...columns, effort: only(effort, 0), positive: only(positive, 0) },
      1,
      () => 0,
    );
    return { part: daySums(cube.part, 1), effort: daySums(cube.effort, 1) };
  });
  const known = differenceOfDays(others, days);
  return from([{
    cells,
    both: counts.both,
    first_only: counts.firstOnly,
    second_only: counts.secondOnly,
    neither: counts.neither,
    ...agreementOf(counts),
    difference: known.difference,
    p: known.chance,
    ...intervalColumns(known),
    unanswered,
  }]);
}
