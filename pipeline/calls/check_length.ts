/**
 * Checks the length of a filter's window.
 *
 * @param length Bins.
 * @throws {RangeError} Where it is not an odd number ≥ 1.
 */
export function checkLength(length: number): void {
  if (!(length >= 1) || length % 2 !== 1) {
    throw new RangeError(`Cannot filter with a window that is not odd and ≥ 1: ${length} bins`);
  }
}
