import { type Run, runStopMs } from "../recording/mod.ts";
import { formatUtc } from "../utc.ts";
import { HOUR_BINS } from "./hour.ts";
import type { NoEffortSpan } from "./manifest.ts";

/** Why a bin has no score. */
export type NoEffortReason = "no recording" | "window not whole" | "dead audio";

/**
 * Why each bin without a score has none.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param scores `[3600]`, NaN without effort.
 * @param dead Bins whose window is of dead audio.
 * @param runs What was recorded.
 * @returns Spans of bins with one reason each, ascending.
 */
export function noEffortSpans(
  hourMs: number,
  scores: Float64Array,
  dead: ReadonlySet<number>,
  runs: readonly Run[],
): NoEffortSpan[] {
  const reasonOf = (bin: number): NoEffortReason | undefined => {
    if (!Number.isNaN(scores[bin])) return undefined;
    if (dead.has(bin)) return "dead audio";
    const startMs = hourMs + bin * 1000;
    const recorded = runs.some((run) => run.startMs < startMs + 1000 && runStopMs(run) > startMs);
    return recorded ? "window not whole" : "no recording";
  };
  const spans: NoEffortSpan[] = [];
  let [first, reason] = [0, reasonOf(0)];
  for (let bin = 1; bin <= HOUR_BINS; bin++) {
    const next = bin < HOUR_BINS ? reasonOf(bin) : undefined;
    if (bin < HOUR_BINS && next === reason) continue;
    if (reason) {
      const [start, stop] = [formatUtc(hourMs + first * 1000), formatUtc(hourMs + bin * 1000)];
      spans.push({ start, stop, reason });
    }
    [first, reason] = [bin, next];
  }
  return spans;
}
