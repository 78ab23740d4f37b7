import { mapLimited, MegapteraError } from "../../core/mod.ts";
import { openRecording, type Recording, type RecordingNeeds, unmetNeed } from "../audio/mod.ts";
import { type RemoteAccess, sourceName, uriOf } from "../places/mod.ts";
import { type Absence, absenceOf, type AbsentRecording, absentSpans, withStops } from "./absent.ts";
import { type DescribedRecording, describeRecording } from "./describe_recording.ts";
import {
  type RecordingStart,
  recordingStart,
  type RecordingStartOptions,
  untimedFault,
} from "./start_time.ts";
import { timeline } from "./timeline.ts";
import type { Timeline, TimelineEntry } from "./timeline_types.ts";

/** Which recording holds which second. */
export interface Catalogue {
  /** The recordings, or their stretches; runs refer to their places here. */
  readonly entries: readonly TimelineEntry[];
  /** How they join. */
  readonly timeline: Timeline;
  /** Sentences on what is odd about a recording, one list an entry. */
  readonly warnings: readonly (readonly string[])[];
  /** Recordings that should be there and can't be had: their seconds are a gap with a reason. */
  readonly absent: readonly AbsentRecording[];
  /** Opens an entry's recording. */
  open(entryIndex: number): Promise<Recording>;
}

/** Headers read at the same time. */
const OPENED_AT_ONCE = 16;

/** What decides when files start and which can be scored, and how those far away are asked. */
interface CatalogueOptions extends RecordingStartOptions, RecordingNeeds {
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
  const open = async (path: string): Promise<Recording> => {
    const recording = await openRecording(path, access);
    if (start === undefined || recording.stretches === undefined) return recording;
    recording.close();
    throw new MegapteraError(
      "usage",
      `Cannot use --recording-start with ${sourceName({ uri: uriOf(path) })} as the file itself ` +
        `tells when each of its ${recording.stretches.length} stretches was recorded: leave the ` +
        "option out.",
    );
  };
  const described = await mapLimited(paths, OPENED_AT_ONCE, (path) => {
    const nameStart = (): RecordingStart =>
      recordingStart(sourceName({ uri: uriOf(path) }), options);
    return describePlace(path, nameStart, { ...options, open, isAlone: paths.length === 1 });
  });
  const untimed = described.flatMap((one) => "untimed" in one ? [one.untimed] : []);
  const catalogue = makeCatalogue(described, (path) => openRecording(path, access));
  const { entries, absent } = catalogue;
  if (entries.length === 0) {
    if (absent.length === 0) throw untimed[0];
    const fault = absent.find(({ kind }) => kind === "forbidden") ?? absent[0];
    throw new MegapteraError(
      fault.kind === "forbidden" ? "denied" : "data",
      `Cannot score as none of the ${paths.length} recordings can be read; one of them: ` +
        fault.reason,
    );
  }
  return { ...catalogue, untimed };
}

/** A place that was asked for its recording: what it has, lacks, or does not tell the time of. */
export type DescribedPlace =
  & { readonly place: string }
  & (
    | DescribedRecording
    | { readonly absent: readonly Absence[] }
    | { readonly untimed: MegapteraError }
  );

/** What places are described with. */
interface DescribeOptions extends RecordingNeeds {
  /** Opens a place. */
  readonly open: (place: string) => Promise<Recording>;
  /** Whether it is the only one: then what is wrong with it is thrown. */
  readonly isAlone?: boolean;
}

/**
 * Describes the recording of a place by its header: what a catalogue takes up of it.
 *
 * @param place A path or an address.
 * @param start Tells when it starts, unless it does so itself, and where it ends if that is known.
 * @param options How it is opened, and what is needed of it.
 * @returns Its entries; or what is absent, where it can't be read or lacks what is needed; or why it
 * can't be told when it starts.
 * @throws {MegapteraError} Where nothing can be read now, as without credentials; and whatever is
 * wrong with the only place.
 */
export async function describePlace(
  place: string,
  start: () => RecordingStart & { readonly stopMs?: number },
  { open, isAlone = false, ...needs }: DescribeOptions,
): Promise<DescribedPlace> {
  const recording = await open(place).catch((error) => {
    const absence = absenceOf(error);
    if (absence === undefined || isAlone) throw error;
    return absence;
  });
  if (!("kind" in recording)) recording.close();
  try {
    if ("kind" in recording) {
      const { startMs, stopMs } = start();
      const stop = stopMs === undefined ? {} : { stopMs };
      return { place, absent: [{ uri: uriOf(place), startMs, ...stop, ...recording }] };
    }
    const described = describeRecording(recording, start);
    const unmet = unmetNeed(recording, needs);
    if (!unmet) return { place, ...described };
    if (isAlone) throw unmet;
    return { place, absent: absentSpans(described.entries, unmet.message) };
  } catch (error) {
    if (isAlone) throw error;
    return { place, untimed: untimedFault(error) };
  }
}

/**
 * Makes a catalogue of places that were described.
 *
 * @param described The places, in any order.
 * @param open Opens a place again.
 * @returns The catalogue; of places whose time is not known it has nothing.
 */
export function makeCatalogue(
  described: readonly DescribedPlace[],
  open: (place: string) => Promise<Recording>,
): Catalogue {
  const taken = described.flatMap((one) =>
    "entries" in one ? one.entries.map((entry) => ({ entry, place: one.place, of: one })) : []
  );
  const entries = taken.map(({ entry }) => entry);
  const absences = described.flatMap((one) => "absent" in one ? one.absent : []);
  return {
    entries,
    timeline: timeline(entries),
    warnings: taken.map(({ of }) => of.notes),
    absent: withStops(absences, entries),
    open: (entryIndex) => open(taken[entryIndex].place),
  };
}
