/**
 * How alike values are that lie some steps apart:
 * `r_k = Σ (x_i − m)(x_{i+k} − m) / Σ (x_i − m)²`, over the pairs in which both are known.
 *
 * Source: statsmodels' `acf(adjusted=False, missing="conservative")`.
 *
 * @param values Values at equal steps; NaN where unknown.
 * @param most The longest lag, in steps, ≥ 0; at most one less than there are values.
 * @returns `[most + 1]`, from lag 0 (which is 1) on; NaN where the values do not vary.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...autocorrelation([1, -1, 1, -1], 2)], [1, -0.75, 0.5]);
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
  const at = (lag: number): number => {
    let total = 0;
    for (let i = lag; i < apart.length; i++) total += apart[i] * apart[i - lag];
    return total;
  };
  const all = at(0);
  return Float64Array.from({ length: longest + 1 }, (_, lag) => all > 0 ? at(lag) / all : NaN);
}
