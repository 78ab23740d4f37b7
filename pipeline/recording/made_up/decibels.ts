/**
 * @param decibels A level in dB.
 * @returns The factor of amplitude, `10^(dB / 20)`.
 */
export function decibelsToGain(decibels: number): number {
  return Math.pow(10, decibels / 20);
}
