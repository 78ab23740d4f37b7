import { type ColumnTable, from } from "arquero";
import {
  dayCube,
  daySums,
  intervalColumns,
  presenceColumns,
  type Unanswered,
} from "../cells/mod.ts";
import { differenceOfDays } from "../statistics/mod.ts";
import { agreementOf } from "./agreement_of.ts";
import { crossCounts } from "./cross_counts.ts";

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
  first: ColumnTable,
  second: ColumnTable,
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
  const counts = crossCounts(only(a.call, NaN), only(b.call, NaN), thresholds);
  const [days, others] = [a, b].map((columns) => {
    const { effort, call } = columns;
    const cube = dayCube(
      { ...columns, effort: only(effort, 0), call: only(call, 0) },
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
