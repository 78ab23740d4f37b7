/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * A low-pass filter as a function of time: a sinc under a Kaiser window.
 *
 * @param cutoffHz Frequency of half amplitude.
 * @param halfWidthSeconds The impulse response is 0 from here on.
 * @param beta Shape of the Kaiser window, ≥ 0.
 * @returns The impulse response per second, for a time in seconds; its integral is near 1.
 *
 * Source: Kaiser & Schafer 1980, "On the use of the I0-sinh window for spectrum analysis".
 */
export function kaiserSinc(
  cutoffHz: number,
  halfWidthSeconds: number,
  beta: number,
): (seconds: number) => number {
  const scale = 2 * cutoffHz / besselI0(beta);
  return (seconds) => {
    const edge = seconds / halfWidthSeconds;
    if (Math.abs(edge) >= 1) return 0;
    const angle = 2 * Math.PI * cutoffHz * seconds;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return scale * sinc * besselI0(beta * Math.sqrt(1 - edge * edge));
  };
}
