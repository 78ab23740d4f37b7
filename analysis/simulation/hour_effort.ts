import { formatUtc, HOUR_MS } from "../../core/mod.ts";
import { HOUR_BINS, type NoEffortKind, type NoEffortSpan } from "../../pipeline/scores/mod.ts";
import type { TimeSpan } from "./gaps.ts";

/** The detector's window, as the published one's: a bin needs it whole. */
export const WINDOW_SECONDS = 3.9124;

/**
 * Which bins of an hour have a whole window of recording, as real score files have them.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param gaps When nothing was recorded; those that touch the hour and a window beyond.
 * @returns `[3600]` whether each bin has effort, and the spans without, with why.
 */
export function hourEffort(
  hourMs: number,
  gaps: readonly TimeSpan[],
): { effort: Uint8Array; noEffort: NoEffortSpan[] } {
  const effort = new Uint8Array(HOUR_BINS).fill(1);
  const noEffort: NoEffortSpan[] = [];
  const mark = (fromMs: number, toMs: number, kind: NoEffortKind): void => {
    const from = Math.max(0, Math.ceil((fromMs - hourMs) / 1000));
    const to = Math.min(HOUR_BINS, Math.ceil((toMs - hourMs) / 1000));
    if (to <= from) return;
    effort.fill(0, from, to);
    const [start, stop] = [from, to].map((bin) => formatUtc(hourMs + bin * 1000));
    noEffort.push({ start, stop, reason: { kind } });
  };
  let clearMs = hourMs - HOUR_MS;
  for (const { startMs, stopMs } of gaps) {
    // The first bin whose window would reach into the gap, yet not into the gap before.
    mark(
      Math.max(clearMs, startMs - Math.floor(WINDOW_SECONDS) * 1000),
      startMs,
      "window",
    );
    mark(startMs, stopMs, "no-recording");
    clearMs = stopMs;
  }
  return { effort, noEffort };
}
