/** Days of a year. */
const YEAR_DAYS = 365.25;
/** Below this many days a season can't be told from slow chance, and stays in. */
export const SEASON_DAYS = 60;
/** From this many days on the season is one that repeats. */
const REPEATING_DAYS = 330;
/** Waves to a year: a year, a half and a third of one. */
const WAVES = 3;

/**
 * Takes the season out of a series of daily values: what is left after a least-squares fit, weighed
 * by the day's effort, of the mean and of waves: of a year, half a year and a third of one; where
 * there is less than a year, half waves over the range of the same detail.
 *
 * @param values One value a day.
 * @param effort The day's effort, ≥ 0; a day without any must have the value 0, and keeps it.
 * @returns What is left, and the waves that were fitted beside the mean, a column each, in radians a
 * day: none below 60 days, where the values are given back as they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const season = Float64Array.from({ length: 730 }, (_, day) => Math.cos(day * 2 * Math.PI / 365.25));
 * const { rest } = withoutSeason(season, new Float64Array(730).fill(1));
 * assert(rest.every((value) => Math.abs(value) < 1e-12));
 * ```
 */
export function withoutSeason(
  values: Float64Array,
  effort: Float64Array,
): { rest: Float64Array; turns: number[] } {
  const rest = Float64Array.from(values);
  if (values.length < SEASON_DAYS) return { rest, turns: [] };
  const turns: number[] = [];
  for (const { column, turn } of seasonOf(effort)) {
    const along = dot(rest, column);
    for (let day = 0; day < rest.length; day++) rest[day] -= along * column[day];
    if (turn > 0) turns.push(turn);
  }
  return { rest, turns };
}

/** A column of the fit: the mean, which does not turn, or a wave. */
interface Column {
  column: Float64Array;
  turn: number;
}

/** The columns of the days' effort last asked for: hours of the day share theirs. */
let last: { effort: Float64Array; columns: Column[] } | undefined;

function seasonOf(effort: Float64Array): readonly Column[] {
  const same = last?.effort.length === effort.length &&
    effort.every((seconds, day) => seconds === last!.effort[day]);
  if (same) return last!.columns;
  const columns = orthonormal([
    { turn: 0, column: Float64Array.from(effort) },
    ...wavesOf(effort.length).map(({ turn, at }) => ({
      turn,
      column: effort.map((weight, day) => weight * at(day)),
    })),
  ]);
  last = { effort: Float64Array.from(effort), columns };
  return columns;
}

/** A wave of the season: how far it turns a day, in radians, and where it stands on a day. */
interface Wave {
  turn: number;
  at: (day: number) => number;
}

function wavesOf(days: number): Wave[] {
  if (days < REPEATING_DAYS) {
    // Half waves over the range: as many as make up the same detail of a year.
    return Array.from({ length: Math.round(2 * WAVES * days / YEAR_DAYS) }, (_, i) => {
      const turn = Math.PI * (i + 1) / days;
      return { turn, at: (day: number) => Math.cos(turn * (day + 0.5)) };
    });
  }
  return Array.from({ length: WAVES }, (_, i) => 2 * Math.PI * (i + 1) / YEAR_DAYS)
    .flatMap((turn): Wave[] => [
      { turn, at: (day) => Math.cos(turn * day) },
      { turn, at: (day) => Math.sin(turn * day) },
    ]);
}

/** Gram and Schmidt, twice over, as once is not enough in floating point; columns that add nothing are left out. */
function orthonormal(columns: readonly Column[]): Column[] {
  const made: Column[] = [];
  for (const { column, turn } of columns) {
    const before = Math.sqrt(dot(column, column));
    for (let round = 0; round < 2; round++) {
      for (const { column: other } of made) {
        const along = dot(column, other);
        for (let day = 0; day < column.length; day++) column[day] -= along * other[day];
      }
    }
    const length = Math.sqrt(dot(column, column));
    if (!(length > 1e-9 * before)) continue;
    for (let day = 0; day < column.length; day++) column[day] /= length;
    made.push({ column, turn });
  }
  return made;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
