import type { AbsentRecording } from "./catalogue.ts";
import { runStopMs } from "./run_stop_ms.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/**
 * The spans of a recording that can be read and yet not be scored.
 *
 * @param entries The recording, or its stretches.
 * @param reason Why, in one sentence that names it.
 * @returns What takes their place in a catalogue.
 */
export function absentSpans(
  entries: readonly TimelineEntry[],
  reason: string,
): AbsentRecording[] {
  return entries.map((entry) => {
    const { uri, startMs, version } = entry;
    return { uri, startMs, stopMs: runStopMs(entry), kind: "unreadable", reason, version };
  });
}
