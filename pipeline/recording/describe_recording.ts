import type { Recording, Stretch } from "./recording.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/**
 * What a timeline needs to know of a recording: one entry, or one a stretch where the recording
 * itself tells when its stretches were recorded.
 *
 * @param recording The recording, open or closed.
 * @param start When it starts, where it does not tell that itself.
 * @returns Its entries, ascending in the file.
 */
export function describeRecording(
  recording: Recording,
  start: () => Pick<Stretch, "startMs" | "resolutionMs">,
): TimelineEntry[] {
  const { source, sampleRateHz, channels, frames, stretches } = recording;
  const { uri, sizeBytes, version } = source;
  const file = { uri, sizeBytes, version, sampleRateHz, channels };
  if (stretches === undefined) {
    const { startMs, resolutionMs } = start();
    return [{ ...file, startMs, resolutionMs, frames }];
  }
  const [{ startMs }] = stretches;
  return stretches.map(({ startFrame: firstFrame, ...stretch }) => ({
    ...file,
    startMs: stretch.startMs,
    resolutionMs: stretch.resolutionMs,
    frames: stretch.frames,
    within: { firstFrame, startMs, frames },
  }));
}
