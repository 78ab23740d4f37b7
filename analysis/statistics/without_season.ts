/** Days of a year. */
const YEAR_DAYS = 365.25;
/** From this many days on the year's shape is fitted more closely. */
const LONG_DAYS = 700;

/** Below this many days a season can't be told from slow chance, and stays in. */
export const SEASON_DAYS = 330;

/**
 * Takes the yearly season out of a series of daily values: what is left after a least-squares fit
 * of the mean and of waves of a year and half a year (and a third, from two years on), each weighed
 * by the day's effort.
 *
 * @param values One value a day.
 * @param effort The day's effort, ≥ 0; a day without any must have the value 0, and keeps it.
 * @returns What is left, and how many degrees of freedom the fit has used beside the mean's.
 */
export function withoutSeason(
  values: Float64Array,
  effort: Float64Array,
): { rest: Float64Array; used: number } {
  const rest = Float64Array.from(values);
  if (values.length < SEASON_DAYS) return { rest, used: 0 };
  const waves = values.length < LONG_DAYS ? 2 : 3;
  const columns: Float64Array[] = [Float64Array.from(effort)];
  for (let wave = 1; wave <= waves; wave++) {
    const turn = 2 * Math.PI * wave / YEAR_DAYS;
    columns.push(
      effort.map((weight, day) => weight * Math.cos(turn * day)),
      effort.map((weight, day) => weight * Math.sin(turn * day)),
    );
  }
  let used = -1;
  for (const column of orthonormal(columns)) {
    const along = dot(rest, column);
    for (let day = 0; day < rest.length; day++) rest[day] -= along * column[day];
    used++;
  }
  return { rest, used: Math.max(0, used) };
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
