import type { RangeSource } from "../places/mod.ts";
import { unreadable } from "./unreadable.ts";

/** No hydrophone's recorder samples faster; a header that says so is damaged. */
const HIGHEST_RATE_HZ = 4_000_000;

/**
 * Refuses a sample rate that can't be. What a detector needs is another matter: see `unmetNeed`.
 *
 * @param source The recording's file, for the sentence.
 * @param sampleRateHz What its header says.
 * @throws {MegapteraError} `data` at 0 Hz or above 4 MHz.
 */
export function checkRate(source: Pick<RangeSource, "uri">, sampleRateHz: number): void {
  if (sampleRateHz === 0 || sampleRateHz > HIGHEST_RATE_HZ) {
    const most = `recorders sample at 1 to ${HIGHEST_RATE_HZ} Hz`;
    throw unreadable(source, `its sample rate is impossible: ${sampleRateHz} Hz, and ${most}`);
  }
}
