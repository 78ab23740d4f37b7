import { DAY_MS } from "../../core/mod.ts";
import type { DayCube } from "../cells/mod.ts";

/** A song season within a cube of days. */
export interface SeasonRange {
  /** `2015/16`; `2016` where it begins in January. */
  season: string;
  /** Days `[from, to)` of the cube. */
  from: number;
  to: number;
}

/**
 * Cuts days into song seasons of a year each.
 *
 * @param cube Its first day and how many there are.
 * @param firstMonth Month that a season begins with, 1 to 12: one without song, such as 8 for
 * humpbacks that winter in the north.
 * @throws {RangeError} Where there is no such month.
 */
export function seasonRanges(
  { firstDayMs, days }: Pick<DayCube, "firstDayMs" | "days">,
  firstMonth: number,
): SeasonRange[] {
  if (!Number.isInteger(firstMonth) || firstMonth < 1 || firstMonth > 12) {
    throw new RangeError(`Cannot begin seasons with month ${firstMonth}: months are 1 to 12`);
  }
  const ranges: SeasonRange[] = [];
  const date = new Date(firstDayMs);
  let year = date.getUTCFullYear() - (date.getUTCMonth() + 1 < firstMonth ? 1 : 0);
  for (let from = 0; from < days; year++) {
    const to = Math.min(days, (Date.UTC(year + 1, firstMonth - 1) - firstDayMs) / DAY_MS);
    const next = String((year + 1) % 100).padStart(2, "0");
    ranges.push({ season: firstMonth === 1 ? `${year}` : `${year}/${next}`, from, to });
    from = to;
  }
  return ranges;
}
