import type { DayUncertainty } from "../statistics/mod.ts";

/** Columns that every table with intervals has. */
export interface IntervalColumns {
  low: number;
  high: number;
  /** `sound`, `approximate` or `descriptive`. */
  trust: string;
  block_days: number;
  blocks: number;
}

/** An interval as columns of a table's row. */
export function intervalColumns(
  { low, high, trust, blockDays, blocks }: DayUncertainty & { low: number; high: number },
): IntervalColumns {
  return { low, high, trust, block_days: blockDays, blocks };
}
