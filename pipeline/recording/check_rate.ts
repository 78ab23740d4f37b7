import type { RangeSource } from "./source.ts";
import { unreadable } from "./unreadable.ts";

/** The detector listens up to 5 kHz, so audio must be sampled at twice that at least. */
const LOWEST_RATE_HZ = 10_000;
/** No hydrophone's recorder samples faster; a header that says so is damaged. */
const HIGHEST_RATE_HZ = 4_000_000;

/**
 * Refuses a sample rate that the detector can't hear enough of, or that can't be.
 *
 * @param source The recording's file, for the sentence.
 * @param sampleRateHz What its header says.
 * @throws {MegapteraError} `data` below 10,000 Hz or above 4 MHz.
 */
export function checkRate(source: Pick<RangeSource, "uri">, sampleRateHz: number): void {
  if (sampleRateHz < LOWEST_RATE_HZ) {
    const need = `the detector needs audio to 5 kHz, so ${LOWEST_RATE_HZ} Hz or more`;
    throw unreadable(source, `its sample rate is too low: ${sampleRateHz} Hz, and ${need}`);
  }
  if (sampleRateHz > HIGHEST_RATE_HZ) {
    const most = `recorders sample at ${HIGHEST_RATE_HZ} Hz at most`;
    throw unreadable(source, `its sample rate is impossible: ${sampleRateHz} Hz, and ${most}`);
  }
}
