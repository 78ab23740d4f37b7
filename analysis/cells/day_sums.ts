/**
 * Sums of each day over some classes.
 *
 * @param values `[days, classes]`.
 * @param classes How many classes there are.
 * @param wanted Which of them; all by default.
 * @returns `[days]`.
 */
export function daySums(
  values: Float64Array,
  classes: number,
  wanted?: readonly number[],
): Float64Array {
  const which = wanted ?? Array.from({ length: classes }, (_, i) => i);
  const sums = new Float64Array(values.length / classes);
  for (let day = 0; day < sums.length; day++) {
    for (const i of which) sums[day] += values[day * classes + i];
  }
  return sums;
}
