/**
 * How long frames last, in whole milliseconds and what is left over, exactly.
 *
 * @param frames Number of frames, an integer ≥ 0.
 * @param sampleRateHz Sample rate in Hz, an integer > 0.
 * @returns `floorMs` and `ceilMs`: the duration rounded down and up, and `ms`: the nearest double.
 */
export function durationOf(
  frames: number,
  sampleRateHz: number,
): { floorMs: number; ceilMs: number; ms: number } {
  // Whole seconds apart, since frames * 1000 is not exact for years of audio at high rates.
  const wholeMs = Math.floor(frames / sampleRateHz) * 1000;
  const rest = (frames % sampleRateHz) * 1000 / sampleRateHz;
  return {
    floorMs: wholeMs + Math.floor(rest),
    ceilMs: wholeMs + Math.ceil(rest),
    ms: wholeMs + rest,
  };
}

/**
 * The fewest frames that last a whole number of milliseconds, at least as many as asked for.
 *
 * @param ms Milliseconds, an integer ≥ 0.
 * @param sampleRateHz Sample rate in Hz, an integer > 0.
 * @returns The frames, and the milliseconds that they last, `≥ ms`. For rates that are whole kHz
 * the milliseconds are just those asked for; at 44100 Hz they are a multiple of 10.
 */
export function wholeFrames(ms: number, sampleRateHz: number): { frames: number; ms: number } {
  const stepMs = 1000 / greatestCommonDivisor(1000, sampleRateHz);
  const steps = Math.ceil(ms / stepMs);
  return { frames: steps * (stepMs * sampleRateHz / 1000), ms: steps * stepMs };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
