import { formatOffset, formatUtc, isEarthly, MegapteraError } from "../../core/mod.ts";
import type { Recording, SaidStart } from "../audio/mod.ts";
import { sourceName } from "../places/mod.ts";
import type { RecordingStart } from "./start_time.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/** Names and headers in whole seconds, one rounded and the other cut, may be so far apart. */
const NEAR_MS = 2000;
const QUARTER_MS = 15 * 60_000;

/** A recording as a timeline needs it. */
export interface DescribedRecording {
  /** One entry, or one a stretch, ascending in the file. */
  readonly entries: readonly TimelineEntry[];
  /** Sentences on what is odd about it. */
  readonly notes: readonly string[];
}

/** Compares a HARP's table with its name, which need not tell when it starts. */
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

/**
 * Compares a start with what else says when the recording starts. A time without a zone contradicts
 * it only where no zone on earth makes them agree.
 *
 * @param name The recording's name.
 * @param start The start that counts.
 * @param said What else is said.
 * @returns A sentence for each that contradicts it, with both.
 */
export function contradictions(
  name: string,
  { startMs, isZoneAssumed }: RecordingStart,
  said: readonly SaidStart[],
): string[] {
  return said.flatMap(({ by, wallMs, offsetMs }) => {
    const apartMs = wallMs - startMs;
    const zoneMs = Math.round(apartMs / QUARTER_MS) * QUARTER_MS;
    const isNear = Math.abs(apartMs - (offsetMs ?? zoneMs)) <= NEAR_MS;
    if (isNear && (offsetMs !== undefined || isEarthly(zoneMs / 60_000))) return [];
    const when = offsetMs === undefined
      ? `${formatUtc(wallMs).replace("Z", "")} on a clock without a zone`
      : formatUtc(wallMs - offsetMs);
    // The name has the clock's time, and the header its zone.
    const isLocal = isZoneAssumed && offsetMs !== undefined && Math.abs(apartMs) <= NEAR_MS;
    const remedy = isLocal ? ` Say --timezone ${formatOffset(offsetMs)} if that is right.` : "";
    return [`${name} was taken to start at ${formatUtc(startMs)}; ${by} says ${when}.${remedy}`];
  });
}
