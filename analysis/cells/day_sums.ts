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
  return Float64Array.from(
    { length: values.length / classes },
    (_, day) => which.reduce((sum, i) => sum + values[day * classes + i], 0),
  );
}
