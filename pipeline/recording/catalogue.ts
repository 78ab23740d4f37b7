import { pathToFileURL } from "node:url";
import { MegapteraError } from "../errors.ts";
import { openRecording } from "./open_recording.ts";
import type { Recording } from "./recording.ts";
import { recordingStart, type RecordingStartOptions } from "./recording_start.ts";
import { timeline } from "./timeline.ts";
import type { Timeline, TimelineEntry } from "./timeline_types.ts";

/** Which recording holds which second. */
export interface Catalogue {
  /** The recordings; runs refer to their places here. */
  readonly entries: readonly TimelineEntry[];
  /** How they join. */
  readonly timeline: Timeline;
  /** Sentences on what is odd about a recording, one list an entry. */
  readonly warnings: readonly (readonly string[])[];
  /** Recordings that are there but can't be read: their seconds are a gap with a reason. */
  readonly unreadable: readonly UnreadableRecording[];
  /** Opens an entry's recording. */
  open(entryIndex: number): Promise<Recording>;
}

/** A recording whose name says when it starts, and whose header can't be read. */
export interface UnreadableRecording {
  readonly uri: string;
  readonly startMs: number;
  /** Why, in one sentence that names it. */
  readonly reason: string;
}

/**
 * Makes a catalogue of recordings on disk: opens each one's header, and tells its start by its name.
 *
 * @param paths Paths of the files, in any order.
 * @param options When the only file starts, instead of its name; the zone of times without one.
 * @returns The catalogue; no file is left open.
 * @throws {MegapteraError} Where a start can't be told, or no file can be read. One among many that
 * can't be read does not stop the others: it is listed under `unreadable`.
 */
export async function catalogueFiles(
  paths: readonly string[],
  options: RecordingStartOptions = {},
): Promise<Catalogue> {
  const { recordingStart: start } = options;
  if (start !== undefined && paths.length > 1) {
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start with ${paths.length} files as it is the start of one: ` +
        "score them one by one, or put each one's start into its name.",
    );
  }
  const entries: TimelineEntry[] = [];
  const warnings: (readonly string[])[] = [];
  const unreadable: UnreadableRecording[] = [];
  const readable: string[] = [];
  for (const path of paths) {
    const { note, ...clock } = recordingStart(path, options);
    let recording: Recording;
    try {
      recording = await openRecording(path);
    } catch (error) {
      if (!(error instanceof MegapteraError) || paths.length === 1) throw error;
      const uri = pathToFileURL(path).href;
      unreadable.push({ uri, startMs: clock.startMs, reason: error.message });
      continue;
    }
    const { source, sampleRateHz, channels, frames } = recording;
    const { uri, sizeBytes, version } = source;
    recording.close();
    readable.push(path);
    entries.push({ uri, sizeBytes, version, ...clock, sampleRateHz, channels, frames });
    warnings.push(note === undefined ? recording.warnings : [note, ...recording.warnings]);
  }
  if (entries.length === 0) {
    throw new MegapteraError(
      "data",
      `Cannot score as none of the ${paths.length} recordings can be read: the first: ` +
        unreadable[0].reason,
    );
  }
  return {
    entries,
    timeline: timeline(entries),
    warnings,
    unreadable,
    open: (entryIndex) => openRecording(readable[entryIndex]),
  };
}
