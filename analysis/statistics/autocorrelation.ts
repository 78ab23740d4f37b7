/**
 * How alike values are that lie some steps apart: the mean of `(x_i − m)(x_{i+k} − m)` over the pairs
 * in which both are known, over the mean of `(x_i − m)²`.
 *
 * Source: statsmodels' `acf(adjusted=True, missing="conservative")`.
 *
 * @param values Values at equal steps; NaN where unknown.
 * @param most The longest lag, in steps, ≥ 0; at most one less than there are values.
 * @returns `[most + 1]`, from lag 0 (which is 1) on; NaN where the values do not vary, and at lags
 * that no two known values have.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...autocorrelation([1, -1, 1, -1], 2)], [1, -1, 1]);
 * ```
 */
export function autocorrelation(values: ArrayLike<number>, most: number): Float64Array {
  const longest = Math.max(0, Math.min(most, values.length - 1));
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    count++;
  }
  const mean = sum / count;
  // An unknown value stands at the mean, and so adds nothing to any pair.
  const apart = Float64Array.from(values, (value) => Number.isNaN(value) ? 0 : value - mean);
  const whole = count === values.length;
  const at = (lag: number): number => {
    let [total, pairs] = [0, 0];
    for (let i = lag; i < apart.length; i++) total += apart[i] * apart[i - lag];
    if (whole) return total / (values.length - lag);
    for (let i = lag; i < apart.length; i++) {
      if (!Number.isNaN(values[i]) && !Number.isNaN(values[i - lag])) pairs++;
    }
    return total / pairs;
  };
  const all = at(0);
  return Float64Array.from({ length: longest + 1 }, (_, lag) => all > 0 ? at(lag) / all : NaN);
}
