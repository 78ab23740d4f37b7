import { HOUR_BINS } from "./hour.ts";
import type { HourOutcome } from "./score_one_hour.ts";

/** Why there may be no effort though the audio is there: it holds nothing to score. */
export const OF_THE_AUDIO: readonly string[] = ["dead audio", "window not whole"];

/**
 * How much of an hour its recordings cover.
 *
 * @param outcome How the hour went.
 * @returns Seconds, 0 to 3600.
 */
export function heardSeconds({ noEffort }: Pick<HourOutcome, "noEffort">): number {
  const missing = noEffort.filter(({ reason }) => !OF_THE_AUDIO.includes(reason));
  return missing.reduce(
    (left, { start, stop }) => left - (Date.parse(stop) - Date.parse(start)) / 1000,
    HOUR_BINS,
  );
}
