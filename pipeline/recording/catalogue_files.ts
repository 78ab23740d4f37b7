import { mapLimited, MegapteraError } from "../../core/mod.ts";
import { type RemoteAccess, sourceName, uriOf } from "../places/mod.ts";
import { type Absence, absenceOf, absentSpans, withStops } from "./absent.ts";
import type { Catalogue } from "./catalogue.ts";
import { describeRecording } from "./describe_recording.ts";
import { openRecording } from "./open_recording.ts";
import { type RecordingNeeds, unmetNeed } from "./recording_needs.ts";
import { recordingStart, type RecordingStartOptions } from "./recording_start.ts";
import { timeline } from "./timeline.ts";
import type { TimelineEntry } from "./timeline_types.ts";
import { untimedFault } from "./untimed.ts";

/** Headers read at the same time. */
const OPENED_AT_ONCE = 16;

/** What decides when files start and which can be scored, and how those far away are asked. */
export interface CatalogueOptions extends RecordingStartOptions, RecordingNeeds {
  readonly access?: RemoteAccess;
}

/** A catalogue of files, and those that have no place in it. */
export interface CatalogueOfFiles extends Catalogue {
  /** Why of some files it can't be told when they start: a fault each. */
  readonly untimed: readonly MegapteraError[];
}

/**
 * Makes a catalogue of recordings: opens each one's header, and tells its start by its name, or by
 * the table that a HARP's x.wav keeps.
 *
 * @param paths Their paths or addresses, in any order.
 * @param options When the only file starts, instead of its name; the zone of times without one; how
 * files far away are asked; what is needed of each.
 * @returns The catalogue; no file is left open.
 * @throws {MegapteraError} Where no file can be scored. One among many that can't be read, or lacks what
 * is needed, does not stop the others: it is listed under `absent`, and under `untimed` where it can't be
 * told when it starts.
 */
export async function catalogueFiles(
  paths: readonly string[],
  options: CatalogueOptions = {},
): Promise<CatalogueOfFiles> {
  const { recordingStart: start, access } = options;
  if (start !== undefined && paths.length > 1) {
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start with ${paths.length} files as it is the start of one: ` +
        "score them one by one, or put each one's start into its name.",
    );
  }
  const entries: TimelineEntry[] = [];
  const warnings: (readonly string[])[] = [];
  const absent: Absence[] = [];
  const untimed: MegapteraError[] = [];
  const placeOf: string[] = [];
  const opened = await mapLimited(paths, OPENED_AT_ONCE, async (path) => {
    try {
      const recording = await openRecording(path, access);
      recording.close();
      return recording;
    } catch (error) {
      const absence = absenceOf(error);
      if (absence === undefined || paths.length === 1) throw error;
      return absence;
    }
  });
  for (const [i, path] of paths.entries()) {
    const recording = opened[i];
    const uri = uriOf(path);
    const name = sourceName({ uri });
    try {
      if ("kind" in recording) {
        const { startMs } = recordingStart(name, options);
        absent.push({ uri, startMs, ...recording });
        continue;
      }
      if (start !== undefined && recording.stretches !== undefined) {
        throw new MegapteraError(
          "usage",
          `Cannot use --recording-start with ${name} as the file itself tells when each of its ` +
            `${recording.stretches.length} stretches was recorded: leave the option out.`,
        );
      }
      const described = describeRecording(recording, () => recordingStart(name, options));
      const unmet = unmetNeed(recording, options);
      if (unmet) {
        if (paths.length === 1) throw unmet;
        absent.push(...absentSpans(described.entries, unmet.message));
        continue;
      }
      for (const entry of described.entries) {
        placeOf.push(path);
        entries.push(entry);
        warnings.push(described.notes);
      }
    } catch (error) {
      if (paths.length === 1) throw error;
      untimed.push(untimedFault(error));
    }
  }
  if (entries.length === 0) {
    if (absent.length === 0) throw untimed[0];
    const fault = absent.find(({ kind }) => kind === "forbidden") ?? absent[0];
    throw new MegapteraError(
      fault.kind === "forbidden" ? "denied" : "data",
      `Cannot score as none of the ${paths.length} recordings can be read; one of them: ` +
        fault.reason,
    );
  }
  return {
    entries,
    timeline: timeline(entries),
    warnings,
    absent: withStops(absent, entries),
    untimed,
    open: (entryIndex) => openRecording(placeOf[entryIndex], access),
  };
}
