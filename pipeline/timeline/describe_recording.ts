import { MegapteraError } from "../../core/mod.ts";
import { contradictions, type Recording } from "../audio/mod.ts";
import { sourceName } from "../places/mod.ts";
import type { RecordingStart } from "./start_time.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/** A recording as a timeline needs it. */
export interface DescribedRecording {
  /** One entry, or one a stretch, ascending in the file. */
  readonly entries: readonly TimelineEntry[];
  /** Sentences on what is odd about it. */
  readonly notes: readonly string[];
}

/** A HARP's name need not tell when it starts; what it tells and its table does not is said. */
function againstName(name: string, startMs: number, start: () => RecordingStart): string[] {
  try {
    const { startMs: wallMs } = start();
    return contradictions(name, { startMs, resolutionMs: 1 }, [
      { by: "its name", wallMs, offsetMs: 0 },
    ]);
  } catch (error) {
    if (error instanceof MegapteraError) return [];
    throw error;
  }
}

/**
 * Describes a recording for a timeline: by one entry, or one a stretch where the recording itself
 * tells when its stretches were recorded.
 *
 * @param recording The recording, open or closed.
 * @param start When it starts, where it does not tell that itself.
 * @returns Its entries, and what is odd about it.
 */
export function describeRecording(
  recording: Recording,
  start: () => RecordingStart,
): DescribedRecording {
  const { source, sampleRateHz, channels, frames, stretches, warnings } = recording;
  const { saidStarts = [] } = recording;
  const { uri, sizeBytes, version } = source;
  const file = { uri, sizeBytes, version, sampleRateHz, channels };
  if (stretches === undefined) {
    const { note, ...clock } = start();
    const notes = [
      ...note === undefined ? [] : [note],
      ...contradictions(sourceName(source), clock, saidStarts),
      ...warnings,
    ];
    return { entries: [{ ...file, ...clock, frames }], notes };
  }
  const [{ startMs }] = stretches;
  const entries = stretches.map(({ startFrame: firstFrame, ...stretch }) => ({
    ...file,
    startMs: stretch.startMs,
    resolutionMs: stretch.resolutionMs,
    frames: stretch.frames,
    within: { firstFrame, startMs, frames },
  }));
  return { entries, notes: [...againstName(sourceName(source), startMs, start), ...warnings] };
}
