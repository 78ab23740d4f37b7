/** A first-order filter, `H(z) = (1 − zero·z⁻¹) / (1 − pole·z⁻¹)`. */
export interface Section {
  readonly pole: number;
  readonly zero: number;
}

/** Where a corner frequency lies on the real axis (matched z-transform). */
const onAxis = (hertz: number, sampleRateHz: number): number =>
  Math.exp((-2 * Math.PI * hertz) / sampleRateHz);

/** Flat below a corner, falling by 6 dB an octave above it. */
export function lowPass(hertz: number, sampleRateHz: number): Section {
  return { pole: onAxis(hertz, sampleRateHz), zero: 0 };
}

/** Rising by 6 dB an octave up to a corner, flat above it. */
export function highPass(hertz: number, sampleRateHz: number): Section {
  return { pole: onAxis(hertz, sampleRateHz), zero: 1 };
}

/** Falling by 6 dB an octave between two corners, flat beside them. */
export function shelf(fromHz: number, toHz: number, sampleRateHz: number): Section {
  return { pole: onAxis(fromHz, sampleRateHz), zero: onAxis(toHz, sampleRateHz) };
}

/**
 * A spectrum that is flat up to a corner and falls evenly above it: shelves three octaves apart,
 * each of which falls by 6 dB an octave over just that part of its three octaves that gives the
 * slope.
 *
 * @param cornerHz Where it starts to fall, > 0.
 * @param slopeDb By how much it falls, in dB an octave, from 0 to 6.
 * @param sampleRateHz Sample rate in Hz.
 */
export function slope(cornerHz: number, slopeDb: number, sampleRateHz: number): Section[] {
  const sections: Section[] = [];
  for (let hertz = cornerHz; hertz < sampleRateHz / 2; hertz *= 8) {
    sections.push(shelf(hertz, hertz * Math.pow(8, slopeDb / 6), sampleRateHz));
  }
  return sections;
}

/**
 * RMS that white noise of RMS 1 has behind a filter, within a band.
 *
 * @param sections The filter, one section after the other.
 * @param fromHz Lower edge of the band.
 * @param toHz Upper edge, at most half the sample rate.
 * @param sampleRateHz Sample rate in Hz.
 * @returns `sqrt(∫ |H(f)|² df / (sampleRate / 2))`, by the midpoint rule.
 */
export function bandRms(
  sections: readonly Section[],
  fromHz: number,
  toHz: number,
  sampleRateHz: number,
): number {
  const points = 4096;
  const width = (toHz - fromHz) / points;
  let power = 0;
  for (let i = 0; i < points; i++) {
    const cos = Math.cos((2 * Math.PI * (fromHz + (i + 0.5) * width)) / sampleRateHz);
    // |1 − a·e^(−jω)|² = 1 − 2a·cos ω + a²
    power += sections.reduce(
      (gain, { pole, zero }) =>
        (gain * (1 - 2 * zero * cos + zero * zero)) / (1 - 2 * pole * cos + pole * pole),
      1,
    );
  }
  return Math.sqrt((power * width) / (sampleRateHz / 2));
}
