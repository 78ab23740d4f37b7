import { pathToFileURL } from "node:url";
import { MegapteraError } from "../errors.ts";
import type { AbsentRecording, Catalogue } from "./catalogue.ts";
import { describeRecording } from "./describe_recording.ts";
import { openRecording } from "./open_recording.ts";
import type { Recording } from "./recording.ts";
import { recordingStart, type RecordingStartOptions } from "./recording_start.ts";
import { timeline } from "./timeline.ts";
import type { TimelineEntry } from "./timeline_types.ts";

/**
 * Makes a catalogue of recordings on disk: opens each one's header, and tells its start by its name,
 * or by the table that a HARP's x.wav keeps.
 *
 * @param paths Paths of the files, in any order.
 * @param options When the only file starts, instead of its name; the zone of times without one.
 * @returns The catalogue; no file is left open.
 * @throws {MegapteraError} Where a start can't be told, or no file can be read. One among many that
 * can't be read does not stop the others: it is listed under `absent`.
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
  const absent: AbsentRecording[] = [];
  const placeOf: string[] = [];
  for (const path of paths) {
    let recording: Recording;
    try {
      recording = await openRecording(path);
    } catch (error) {
      if (!(error instanceof MegapteraError) || paths.length === 1) throw error;
      const { startMs } = recordingStart(path, options);
      const uri = pathToFileURL(path).href;
      absent.push({ uri, startMs, kind: "unreadable", reason: error.message });
      continue;
    }
    recording.close();
    const notes: string[] = [];
    const described = describeRecording(recording, () => {
      const { note, ...clock } = recordingStart(path, options);
      if (note !== undefined) notes.push(note);
      return clock;
    });
    for (const entry of described) {
      placeOf.push(path);
      entries.push(entry);
      warnings.push([...notes, ...recording.warnings]);
    }
  }
  if (entries.length === 0) {
    throw new MegapteraError(
      "data",
      `Cannot score as none of the ${paths.length} recordings can be read: the first: ` +
        absent[0].reason,
    );
  }
  return {
    entries,
    timeline: timeline(entries),
    warnings,
    absent,
    open: (entryIndex) => openRecording(placeOf[entryIndex]),
  };
}
