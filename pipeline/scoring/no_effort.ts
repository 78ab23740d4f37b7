import { type AbsentRecording, type Run, runStopMs, sourceName } from "../recording/mod.ts";
import { formatUtc } from "../utc.ts";
import { HOUR_BINS } from "./hour.ts";
import type { NoEffortSpan } from "./manifest.ts";

/**
 * Why each bin without a score has none.
 *
 * @param hourMs Start of the hour, epoch milliseconds.
 * @param scores `[3600]`, NaN without effort.
 * @param dead Bins whose window is of dead audio.
 * @param runs What was recorded.
 * @param absent What can't be had: from its start up to its end, or where that is not known to the
 * next recording, its seconds are without effort for that reason.
 * @returns Spans of bins with one reason each, ascending.
 */
export function noEffortSpans(
  hourMs: number,
  scores: Float64Array,
  dead: ReadonlySet<number>,
  runs: readonly Run[],
  absent: readonly AbsentRecording[],
): NoEffortSpan[] {
  const reasonOf = (bin: number): string | undefined => {
    if (!Number.isNaN(scores[bin])) return undefined;
    if (dead.has(bin)) return "dead audio";
    const startMs = hourMs + bin * 1000;
    const recorded = runs.some((run) => run.startMs < startMs + 1000 && runStopMs(run) > startMs);
    if (recorded) return "window not whole";
    const lost = absent.findLast((file) =>
      file.startMs < startMs + 1000 &&
      (file.stopMs === undefined
        ? !runs.some((run) => run.startMs > file.startMs && run.startMs <= startMs)
        : file.stopMs > startMs)
    );
    return lost ? `${lost.kind} recording ${sourceName(lost)}` : "no recording";
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
