import { type HourOutcome, OF_THE_AUDIO } from "../../pipeline/scoring/mod.ts";

/**
 * Why there is no effort, over all hours.
 *
 * @param outcomes The hours.
 * @returns Reason and seconds, the most first.
 */
export function reasonsOf(outcomes: readonly HourOutcome[]): [reason: string, seconds: number][] {
  const seconds = new Map<string, number>();
  for (const { noEffort } of outcomes) {
    for (const { start, stop, reason } of noEffort) {
      const lost = (Date.parse(stop) - Date.parse(start)) / 1000;
      // Of many files that can't be had each has a reason of its own.
      const kind = reason.replace(/ recording .*$/s, " recording");
      seconds.set(kind, (seconds.get(kind) ?? 0) + lost);
    }
  }
  return [...seconds].sort((a, b) => b[1] - a[1]);
}

/** Whether audio that a range expected is missing from it. */
export function isAudioMissing(outcomes: readonly HourOutcome[]): boolean {
  return reasonsOf(outcomes).some(([reason]) => !OF_THE_AUDIO.includes(reason));
}

/** Whether a recording that is named can't be had, or turned out bad. */
export function isRecordingLost(outcomes: readonly HourOutcome[]): boolean {
  return reasonsOf(outcomes).some(([reason]) =>
    reason.endsWith(" recording") && reason !== "no recording"
  );
}
