/** Days of a year. */
const YEAR_DAYS = 365.25;
/** Below this many days a season can't be told from slow chance, and stays in. */
export const SEASON_DAYS = 150;
/** From this many days on the season is one that repeats. */
const REPEATING_DAYS = 330;
/** From this many days on its shape is fitted more closely. */
const LONG_DAYS = 700;

/**
 * Takes the season out of a series of daily values: what is left after a least-squares fit, weighed
 * by the day's effort, of the mean and of waves: of a year, half a year and, from two years on, a
 * third of one; where there is less than a year, half waves over the range of the same detail.
 *
 * @param values One value a day.
 * @param effort The day's effort, ≥ 0; a day without any must have the value 0, and keeps it.
 * @returns What is left, and how many degrees of freedom the fit has used beside the mean's: none
 * below 150 days, where the values are given back as they are.
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
): { rest: Float64Array; used: number } {
  const rest = Float64Array.from(values);
  if (values.length < SEASON_DAYS) return { rest, used: 0 };
  const columns = [Float64Array.from(effort)];
  for (const wave of wavesOf(values.length)) {
    columns.push(effort.map((weight, day) => weight * wave(day)));
  }
  let used = -1;
  for (const column of orthonormal(columns)) {
    const along = dot(rest, column);
    for (let day = 0; day < rest.length; day++) rest[day] -= along * column[day];
    used++;
  }
  return { rest, used: Math.max(0, used) };
}

/** What a season is made of, as functions of the day. */
function wavesOf(days: number): ((day: number) => number)[] {
  if (days < REPEATING_DAYS) {
    // Half waves over the range: as many as make up the same detail of a year.
    const count = Math.round(4 * days / YEAR_DAYS);
    return Array.from(
      { length: count },
      (_, i) => (day) => Math.cos(Math.PI * (i + 1) * (day + 0.5) / days),
    );
  }
  return Array.from(
    { length: days < LONG_DAYS ? 2 : 3 },
    (_, i) => 2 * Math.PI * (i + 1) / YEAR_DAYS,
  )
    .flatMap((
      turn,
    ) => [(day: number) => Math.cos(turn * day), (day: number) => Math.sin(turn * day)]);
}

/** Gram and Schmidt, twice over, as once is not enough in floating point; columns that add nothing are left out. */
function* orthonormal(columns: readonly Float64Array[]): Generator<Float64Array> {
  const made: Float64Array[] = [];
  for (const column of columns) {
    const before = Math.sqrt(dot(column, column));
    for (let round = 0; round < 2; round++) {
      for (const other of made) {
        const along = dot(column, other);
        for (let day = 0; day < column.length; day++) column[day] -= along * other[day];
      }
    }
    const length = Math.sqrt(dot(column, column));
    if (!(length > 1e-9 * before)) continue;
    for (let day = 0; day < column.length; day++) column[day] /= length;
    made.push(column);
    yield column;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
