import { MegapteraError } from "../errors.ts";
import { openFileSource } from "./file_source.ts";
import type { Recording } from "./recording.ts";
import { recordingStart, type RecordingStartOptions } from "./recording_start.ts";
import { timeline } from "./timeline.ts";
import type { Timeline, TimelineEntry } from "./timeline_types.ts";
import { openWav } from "./wav/open_wav.ts";

/** Which recording holds which second. */
export interface Catalogue {
  /** The recordings; runs refer to their places here. */
  readonly entries: readonly TimelineEntry[];
  /** How they join. */
  readonly timeline: Timeline;
  /** Sentences on what is odd about a recording, one list an entry. */
  readonly warnings: readonly (readonly string[])[];
  /** Opens an entry's recording. */
  open(entryIndex: number): Promise<Recording>;
}

/**
 * Makes a catalogue of WAV files on disk: opens each one's header, and tells its start by its name.
 *
 * @param paths Paths of the files, in any order.
 * @param options When the only file starts, instead of its name; the zone of times without one.
 * @returns The catalogue; no file is left open.
 * @throws {MegapteraError} Where a file can't be read or its start can't be told.
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
  for (const path of paths) {
    const { note, ...clock } = recordingStart(path, options);
    const recording = await openWavFile(path);
    const { source, sampleRateHz, channels, frames } = recording;
    const { uri, sizeBytes, version } = source;
    recording.close();
    entries.push({ uri, sizeBytes, version, ...clock, sampleRateHz, channels, frames });
    warnings.push(note === undefined ? recording.warnings : [note, ...recording.warnings]);
  }
  return {
    entries,
    timeline: timeline(entries),
    warnings,
    open: (entryIndex) => openWavFile(paths[entryIndex]),
  };
}

async function openWavFile(path: string): Promise<Recording> {
  return await openWav(await openFileSource(path));
}
