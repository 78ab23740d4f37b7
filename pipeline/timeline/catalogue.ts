import { mapLimited, MegapteraError } from "../../core/mod.ts";
import { openRecording, type Recording, type RecordingNeeds, unmetNeed } from "../audio/mod.ts";
import {
  type KnownLength,
  type RemoteAccess,
  SourceFault,
  sourceName,
  uriOf,
} from "../places/mod.ts";
import { describeRecording } from "./describe_recording.ts";
import { recordingStart, type RecordingStartOptions, untimedFault } from "./start_time.ts";
import { runStopMs, timeline } from "./timeline.ts";
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

/** A recording of which it is known when it starts, and whose audio can't be had. */
export interface AbsentRecording {
  readonly uri: string;
  readonly startMs: number;
  /** When it would end, where that is known without it; up to the next recording otherwise. */
  readonly stopMs?: number;
  /**
   * `unreadable`: it is there, but its header can't be read, or it lacks the channel, or the sample
   * rate that the detector needs; `missing`: there is no such file;
   * `forbidden`: it may not be read, or the server does not say whether it is there.
   */
  readonly kind: "unreadable" | "missing" | "forbidden";
  /** Why, in one sentence that names it. */
  readonly reason: string;
  /** ETag or time of change, of one that could be opened. */
  readonly version?: string;
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

/** A recording that can't be had, and what is known of its length. */
export type Absence = AbsentRecording & { readonly length?: KnownLength };

/**
 * Tells what kind of gap a recording is that could not be opened.
 *
 * @param error What opening it threw.
 * @returns The kind, and why; nothing where it is no gap but a fault that ends the run, as of the
 * network.
 */
export function absenceOf(
  error: unknown,
): Pick<Absence, "kind" | "reason" | "length"> | undefined {
  if (!(error instanceof SourceFault)) return undefined;
  const { reason: kind, message: reason, length } = error;
  return kind === "missing" || kind === "forbidden" || kind === "unreadable"
    ? { kind, reason, ...(length && { length }) }
    : undefined;
}

/**
 * Gives the spans of a recording that can be read and yet not be scored.
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

/**
 * Tells how long recordings are that can't be read: as their headers say, or else by their size, as
 * the readable ones beside them; where they are too small to hold a second, as long as those usually
 * are. None reaches beyond where the next recording starts.
 *
 * @param absences What can't be had.
 * @param entries What can be read.
 * @returns The same with their ends, where they can be told.
 */
export function withStops(
  absences: readonly Absence[],
  entries: readonly TimelineEntry[],
): AbsentRecording[] {
  const starts = [...entries, ...absences].map(({ startMs }) => startMs).sort((a, b) => a - b);
  const kinds = Map.groupBy(entries.filter(({ within }) => !within), ({ uri }) => endingOf(uri));
  const usual = new Map([...kinds].map(([ending, alike]) => [ending, usualOf(alike)]));
  return absences.map(({ length, ...absent }) => {
    const ms = length && lengthMs(length, usual.get(endingOf(absent.uri)));
    if (absent.stopMs !== undefined || ms === undefined) return absent;
    const next = starts.find((startMs) => startMs > absent.startMs) ?? Infinity;
    return { ...absent, stopMs: Math.min(Math.ceil(absent.startMs + ms), next) };
  });
}

interface Usual {
  readonly ms: number;
  readonly bytesAMs: number;
}

function lengthMs(
  { sizeBytes, seconds }: KnownLength,
  usual: Usual | undefined,
): number | undefined {
  if (seconds !== undefined) return seconds * 1000;
  if (usual === undefined) return undefined;
  const ms = sizeBytes / usual.bytesAMs;
  return ms < 1000 ? usual.ms : ms;
}

/** The median length of recordings, and the median of how many bytes a millisecond takes. */
function usualOf(entries: readonly TimelineEntry[]): Usual {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];
  const lengths = entries.map((entry) => runStopMs(entry) - entry.startMs);
  return {
    ms: middle(lengths.slice()),
    bytesAMs: middle(entries.map(({ sizeBytes }, i) => sizeBytes / lengths[i])),
  };
}

function endingOf(uri: string): string {
  return uri.slice(uri.lastIndexOf(".")).toLowerCase();
}
